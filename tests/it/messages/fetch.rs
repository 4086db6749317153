//! FetchXML from typed columns: its text, and the queries that it refuses.
//!
//! Elements, operators and values: MicrosoftDocs/powerapps-docs, developer/data-platform/fetchxml:
//! select-columns, join-tables, filter-rows, order-rows, aggregate-data, page-results, reference/operators,
//! reference/link-entity.

use dataverse_entity::message::{DateGrouping, Fetch, Link, LinkType, Message, ReadMessages};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{Filter, Many, Related};
use dataverse_entity::tables::{EventType, OcSession, SessionEvent, SystemUser, Team};
use dataverse_entity::{DataverseRow, Row};

use crate::support::exchange::{org, refusal};
use crate::support::table::{Color, ID, Thing};

/// Returns the content of the `entity` element.
fn inner<P: Projection>(fetch: Fetch<P>) -> String {
    let xml = fetch.attribute(key::<P>()).to_xml().unwrap();
    let start = xml.find("<attribute name=\"msdyn_sessioneventid\"/>").map(|at| at + 40);
    let start = start.or_else(|| xml.find("<attribute name=\"new_thingid\"/>").map(|at| at + 31)).unwrap();
    xml[start..].strip_suffix("</entity></fetch>").unwrap().to_owned()
}

fn key<P: Projection>()
-> dataverse_entity::query::Column<P::Table, dataverse_entity::query::kinds::Guid, Id<P::Table>> {
    <P::Table as Entity>::PRIMARY_ID
}

/// Returns the condition of a filter, without the `filter` element around it.
fn condition<T: Entity + ReadMessages<Table = T>>(filter: Filter<T>) -> String {
    let xml = inner(T::fetch().filter(filter));
    xml.strip_prefix("<filter type=\"and\">").unwrap().strip_suffix("</filter>").unwrap().to_owned()
}

fn problem<P: Projection>(fetch: Fetch<P>) -> String {
    fetch.to_xml().unwrap_err().to_string()
}

fn id() -> Id<SystemUser> {
    Id::new(ID.parse().unwrap())
}

#[test]
fn comparisons_are_conditions() {
    let one = |operator: &str, value: &str| {
        format!("<condition attribute=\"new_number\" operator=\"{operator}\" value=\"{value}\"/>")
    };
    let number = Thing::NUMBER;
    for (filter, operator) in [
        (number.eq(5), "eq"),
        (number.ne(5), "ne"),
        (number.gt(5), "gt"),
        (number.ge(5), "ge"),
        (number.lt(5), "lt"),
        (number.le(5), "le"),
    ] {
        assert_eq!(condition(filter), one(operator, "5"));
    }
    // FetchXML has no `not`: the conditions are negated.
    for (filter, operator) in [
        (number.eq(5), "ne"),
        (number.ne(5), "eq"),
        (number.gt(5), "le"),
        (number.ge(5), "lt"),
        (number.lt(5), "ge"),
        (number.le(5), "gt"),
    ] {
        assert_eq!(condition(!filter.clone()), one(operator, "5"));
        assert_eq!(condition(!!filter.clone()), condition(filter));
    }
    assert_eq!(condition(number.is_null()), "<condition attribute=\"new_number\" operator=\"null\"/>");
    assert_eq!(condition(!number.is_null()), "<condition attribute=\"new_number\" operator=\"not-null\"/>");
    assert_eq!(
        condition(number.is_not_null()),
        "<condition attribute=\"new_number\" operator=\"not-null\"/>"
    );
    // Booleans are 1 and 0, lookups are ids under their logical name.
    assert_eq!(
        condition(Thing::FLAG.eq(true)),
        "<condition attribute=\"new_flag\" operator=\"eq\" value=\"1\"/>"
    );
    assert_eq!(
        condition(Thing::FLAG.eq(false)),
        "<condition attribute=\"new_flag\" operator=\"eq\" value=\"0\"/>"
    );
    assert_eq!(
        condition(Thing::CODE.eq("true")),
        "<condition attribute=\"new_code\" operator=\"eq\" value=\"true\"/>"
    );
    assert_eq!(
        condition(Thing::OWNER.eq(id())),
        format!("<condition attribute=\"ownerid\" operator=\"eq\" value=\"{ID}\"/>")
    );
    assert_eq!(
        condition(SessionEvent::CREATED_ON.lt_column(SessionEvent::MODIFIED_ON)),
        "<condition attribute=\"createdon\" operator=\"lt\" valueof=\"modifiedon\"/>"
    );
}

#[test]
fn text_is_escaped_for_like_and_for_xml() {
    let like = |operator: &str, value: &str| {
        format!("<condition attribute=\"new_name\" operator=\"{operator}\" value=\"{value}\"/>")
    };
    assert_eq!(condition(Thing::NAME.contains("a")), like("like", "%a%"));
    assert_eq!(condition(Thing::NAME.starts_with("a")), like("like", "a%"));
    assert_eq!(condition(Thing::NAME.ends_with("a")), like("like", "%a"));
    assert_eq!(condition(!Thing::NAME.ends_with("a")), like("not-like", "%a"));
    assert_eq!(condition(Thing::NAME.contains("100%_[x]")), like("like", "%100[%][_][[]x]%"));
    assert_eq!(condition(Thing::NAME.contains_pattern("a_c")), like("like", "%a_c%"));
    assert_eq!(
        condition(Thing::NAME.eq("<\"&'>\t\n\ré 𝄞")),
        like("eq", "&lt;&quot;&amp;&apos;&gt;&#9;&#10;&#13;é 𝄞")
    );
    let hostile = "\"/><condition attribute=\"new_code\" operator=\"null";
    let xml = Thing::fetch().filter(Thing::NAME.is_in([hostile])).to_xml().unwrap();
    assert_eq!(xml.matches("<condition").count(), 1, "{xml}");
    assert!(
        problem(Thing::fetch().filter(Thing::NAME.eq("a\u{0}")))
            .contains("the character '\\0', which XML cannot hold")
    );
}

/// Every query function, by the operator that the reference of FetchXML lists for it.
#[test]
fn query_functions_are_operators() {
    let on = SessionEvent::CREATED_ON;
    let none = |operator: &str| format!("<condition attribute=\"createdon\" operator=\"{operator}\"/>");
    let one = |operator: &str, value: &str| {
        format!("<condition attribute=\"createdon\" operator=\"{operator}\" value=\"{value}\"/>")
    };
    for (filter, operator) in [
        (on.yesterday(), "yesterday"),
        (on.today(), "today"),
        (on.tomorrow(), "tomorrow"),
        (on.last_7_days(), "last-seven-days"),
        (on.next_7_days(), "next-seven-days"),
        (on.last_week(), "last-week"),
        (on.this_week(), "this-week"),
        (on.next_week(), "next-week"),
        (on.last_month(), "last-month"),
        (on.this_month(), "this-month"),
        (on.next_month(), "next-month"),
        (on.last_year(), "last-year"),
        (on.this_year(), "this-year"),
        (on.next_year(), "next-year"),
        (on.last_fiscal_year(), "last-fiscal-year"),
        (on.this_fiscal_year(), "this-fiscal-year"),
        (on.next_fiscal_year(), "next-fiscal-year"),
        (on.last_fiscal_period(), "last-fiscal-period"),
        (on.this_fiscal_period(), "this-fiscal-period"),
        (on.next_fiscal_period(), "next-fiscal-period"),
    ] {
        assert_eq!(condition(filter), none(operator));
    }
    for (filter, operator) in [
        (on.last_x_hours(3), "last-x-hours"),
        (on.next_x_hours(3), "next-x-hours"),
        (on.last_x_days(3), "last-x-days"),
        (on.next_x_days(3), "next-x-days"),
        (on.last_x_weeks(3), "last-x-weeks"),
        (on.next_x_weeks(3), "next-x-weeks"),
        (on.last_x_months(3), "last-x-months"),
        (on.next_x_months(3), "next-x-months"),
        (on.last_x_years(3), "last-x-years"),
        (on.next_x_years(3), "next-x-years"),
        (on.last_x_fiscal_years(3), "last-x-fiscal-years"),
        (on.next_x_fiscal_years(3), "next-x-fiscal-years"),
        (on.last_x_fiscal_periods(3), "last-x-fiscal-periods"),
        (on.next_x_fiscal_periods(3), "next-x-fiscal-periods"),
        (on.older_than_x_minutes(3), "olderthan-x-minutes"),
        (on.older_than_x_hours(3), "olderthan-x-hours"),
        (on.older_than_x_days(3), "olderthan-x-days"),
        (on.older_than_x_weeks(3), "olderthan-x-weeks"),
        (on.older_than_x_months(3), "olderthan-x-months"),
        (on.older_than_x_years(3), "olderthan-x-years"),
        (on.in_fiscal_year(3), "in-fiscal-year"),
        (on.in_fiscal_period(3), "in-fiscal-period"),
    ] {
        assert_eq!(condition(filter), one(operator, "3"));
    }
    let day = jiff::civil::date(2024, 9, 18);
    for (filter, operator) in
        [(on.on(day), "on"), (on.on_or_before(day), "on-or-before"), (on.on_or_after(day), "on-or-after")]
    {
        assert_eq!(condition(filter), one(operator, "2024-09-18"));
    }
    let two = |operator: &str| {
        format!(
            "<condition attribute=\"createdon\" operator=\"{operator}\"><value>2</value><value>2024</value></condition>"
        )
    };
    for (filter, operator) in [
        (on.in_fiscal_period_and_year(2, 2024), "in-fiscal-period-and-year"),
        (on.in_or_before_fiscal_period_and_year(2, 2024), "in-or-before-fiscal-period-and-year"),
        (on.in_or_after_fiscal_period_and_year(2, 2024), "in-or-after-fiscal-period-and-year"),
    ] {
        assert_eq!(condition(filter), two(operator));
    }
    let owner = SessionEvent::OWNER;
    for (filter, operator) in [
        (owner.equal_user_id(), "eq-userid"),
        (owner.not_equal_user_id(), "ne-userid"),
        (owner.equal_user_teams(), "eq-userteams"),
        (owner.equal_user_or_user_teams(), "eq-useroruserteams"),
        (owner.equal_user_or_user_hierarchy(), "eq-useroruserhierarchy"),
        (owner.equal_user_or_user_hierarchy_and_teams(), "eq-useroruserhierarchyandteams"),
        (owner.equal_business_id(), "eq-businessid"),
        (owner.not_equal_business_id(), "ne-businessid"),
    ] {
        assert_eq!(condition(filter), format!("<condition attribute=\"ownerid\" operator=\"{operator}\"/>"));
    }
    assert_eq!(
        condition(Thing::NUMBER.equal_user_language()),
        "<condition attribute=\"new_number\" operator=\"eq-userlanguage\"/>"
    );
    let thing = Id::<Thing>::new(ID.parse().unwrap());
    for (filter, operator) in [
        (Thing::PARENT.under(thing), "under"),
        (Thing::PARENT.under_or_equal(thing), "eq-or-under"),
        (Thing::PARENT.not_under(thing), "not-under"),
        (Thing::PARENT.above(thing), "above"),
        (Thing::PARENT.above_or_equal(thing), "eq-or-above"),
    ] {
        assert_eq!(
            condition(filter),
            format!("<condition attribute=\"new_parent\" operator=\"{operator}\" value=\"{ID}\"/>")
        );
    }
    let list = |column: &str, operator: &str, values: &[&str]| {
        let values: String = values.iter().map(|value| format!("<value>{value}</value>")).collect();
        format!("<condition attribute=\"{column}\" operator=\"{operator}\">{values}</condition>")
    };
    assert_eq!(condition(Thing::NAME.is_in(["a&", "b"])), list("new_name", "in", &["a&amp;", "b"]));
    assert_eq!(condition(Thing::NAME.is_in(["a"])), list("new_name", "in", &["a"]));
    assert_eq!(condition(!Thing::NAME.is_in(["a"])), list("new_name", "not-in", &["a"]));
    assert_eq!(condition(Thing::NUMBER.is_not_in([1, 2])), list("new_number", "not-in", &["1", "2"]));
    assert_eq!(condition(Thing::NUMBER.between(1, 2)), list("new_number", "between", &["1", "2"]));
    assert_eq!(condition(Thing::NUMBER.not_between(1, 2)), list("new_number", "not-between", &["1", "2"]));
    let colors = [Color::Red, Color::Blue];
    assert_eq!(
        condition(Thing::COLORS.contain_values(colors)),
        list("new_colors", "contain-values", &["1", "-3"])
    );
    assert_eq!(
        condition(Thing::COLORS.does_not_contain_values(colors)),
        list("new_colors", "not-contain-values", &["1", "-3"])
    );
    assert_eq!(
        condition(!Thing::COLORS.contain_values(colors)),
        list("new_colors", "not-contain-values", &["1", "-3"])
    );
}

#[test]
fn conditions_are_joined_and_negated() {
    let (a, b, c) = (Thing::NUMBER.eq(1), Thing::NAME.eq("x"), Thing::FLAG.is_null());
    let [one, two, three] = [condition(a.clone()), condition(b.clone()), condition(c.clone())];
    assert_eq!(
        condition(a.clone().and(b.clone()).or(c.clone())),
        format!("<filter type=\"or\"><filter type=\"and\">{one}{two}</filter>{three}</filter>")
    );
    let [not_one, not_two, not_three] = [condition(!a.clone()), condition(!b.clone()), condition(!c.clone())];
    assert_eq!(
        condition(!(a.clone().and(b.clone()).or(c.clone()))),
        format!("<filter type=\"and\"><filter type=\"or\">{not_one}{not_two}</filter>{not_three}</filter>")
    );
    assert_eq!(
        inner(Thing::fetch().filter(a).filter(None).filter(b)),
        format!("<filter type=\"and\">{one}{two}</filter>")
    );
}

#[test]
fn a_condition_without_an_operator_in_fetch_xml_says_what_to_write() {
    let refused = |filter: Filter<Thing>| problem(Thing::fetch().filter(filter));
    assert!(refused(!Thing::INSTANT.today()).contains("FetchXML has no opposite of the operator `today`"));
    assert!(refused(Thing::NAME.contains_full_text("a")).contains("use `contains`"));
    assert!(
        refused(Filter::raw_unescaped("x eq 1")).contains("FetchXML cannot take the OData text \"x eq 1\"")
    );
    assert!(refused(Thing::NAME.is_in(Vec::<&str>::new())).contains("with no values finds nothing"));
    let unknown: Related<Thing, SystemUser, Many> = Related::many("new_users");
    let reason = refused(unknown.any(SystemUser::FULL_NAME.is_null()));
    assert!(
        reason.contains(
            "declare it on the struct as a one-to-many relationship, or write `.link(Link::to_many("
        ),
        "{reason}"
    );
    let mut deep = Thing::NAME.is_null();
    for _ in 0..300 {
        deep = !(deep.and(Thing::FLAG.is_null())).or(Thing::NUMBER.is_null());
    }
    assert!(refused(deep).contains("nested more than"));
}

/// A table that declares a relationship, so that `any` and `all` become links in the filter.
#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "new_shelf",
    set = "new_shelves",
    ownership = "none",
    relationship(
        one_to_many,
        schema = "new_shelf_things",
        column = "new_shelf",
        table = "new_thing",
        nav = "new_shelf_things"
    )
)]
struct Shelf {
    #[attr(logical = "new_shelfid", primary_id)]
    _id: Option<Id<Shelf>>,
}

#[test]
fn any_and_all_of_a_declared_relationship_are_links_in_the_filter() {
    let things: Related<Shelf, Thing, Many> = Related::many("new_shelf_things");
    let written = |filter: Filter<Shelf>| {
        let xml = Shelf::fetch().filter(filter).to_xml().unwrap();
        let start = "<filter type=\"and\"><link-entity name=\"new_thing\" from=\"new_shelf\" to=\"new_shelfid\" link-type=\"";
        let at = xml.find(start).unwrap_or_else(|| panic!("{xml}")) + start.len();
        xml[at..].strip_suffix("</filter></entity></fetch>").unwrap().to_owned()
    };
    let inner = |operator: &str| {
        format!(
            "<filter type=\"and\"><condition attribute=\"new_number\" operator=\"{operator}\" value=\"1\"/></filter></link-entity>"
        )
    };
    assert_eq!(written(things.any(Thing::NUMBER.eq(1))), format!("any\">{}", inner("eq")));
    assert_eq!(written(!things.any(Thing::NUMBER.eq(1))), format!("not any\">{}", inner("eq")));
    // All meet the condition if none fails it. FetchXML's own `all` means something else.
    assert_eq!(written(things.all(Thing::NUMBER.gt(1))), format!("not any\">{}", inner("le")));
    assert_eq!(written(!things.all(Thing::NUMBER.gt(1))), format!("any\">{}", inner("le")));
    assert_eq!(written(things.exists()), "any\"></link-entity>");
    assert_eq!(written(!things.exists()), "not any\"></link-entity>");
}

/// A condition on the record that a lookup points to is a link of the type `any`, which returns each record
/// once.
#[test]
fn a_path_through_a_lookup_is_a_link_in_the_filter() {
    assert_eq!(
        condition(SessionEvent::SESSION.to(OcSession::SUBJECT).starts_with("Chat")),
        "<link-entity name=\"msdyn_ocsession\" from=\"activityid\" to=\"msdyn_omnichannelsession\" link-type=\"any\">\
         <filter type=\"and\"><condition attribute=\"subject\" operator=\"like\" value=\"Chat%\"/></filter></link-entity>"
    );
    for filter in [
        SessionEvent::SESSION.to(OcSession::SUBJECT).is_null(),
        SessionEvent::SESSION.to(OcSession::SUBJECT).ne("a"),
        !SessionEvent::SESSION.to(OcSession::SUBJECT).contains("a"),
    ] {
        let reason = problem(SessionEvent::fetch().filter(filter));
        assert!(reason.contains("to a related record that may be absent; filter on a link"), "{reason}");
    }
    let reason = problem(SessionEvent::fetch().attribute(SessionEvent::SESSION.to(OcSession::SUBJECT)));
    assert!(
        reason.contains("subject: FetchXML reaches a column of a related record through a link"),
        "{reason}"
    );
}

#[test]
fn links_name_the_columns_that_they_join() {
    let link = |xml: String| xml[..xml.find('>').unwrap() + 1].to_owned();
    // The owner is a lookup of two tables, of which the path names one.
    let user = Link::<_, SystemUser>::to_one(Thing::OWNER).attribute(SystemUser::FULL_NAME);
    assert_eq!(
        inner(Thing::fetch().link(user)),
        "<link-entity name=\"systemuser\" from=\"systemuserid\" to=\"ownerid\" link-type=\"inner\" alias=\"systemuser\">\
         <attribute name=\"fullname\"/></link-entity>"
    );
    let children = Link::to_many(Thing::PARENT).attribute(Thing::NAME).outer().alias("child");
    assert_eq!(
        link(inner(Thing::fetch().link(children))),
        "<link-entity name=\"new_thing\" from=\"new_parent\" to=\"new_thingid\" link-type=\"outer\" alias=\"child\">"
    );
    let named_alike = Link::on(Team::NAME, Thing::NAME);
    assert_eq!(
        link(inner(Thing::fetch().link(named_alike))),
        "<link-entity name=\"team\" from=\"name\" to=\"new_name\" link-type=\"inner\" alias=\"team\"/>"
            .replace("/>", ">")
    );
    // Many-to-many through the intersect table, as in fetchxml/join-tables.
    let members =
        Link::<Team, SystemUser>::many_to_many("teammembership").attribute(SystemUser::FULL_NAME).alias("m");
    assert!(
        Team::fetch().link(members).to_xml().unwrap().contains(
            "<link-entity name=\"teammembership\" from=\"teamid\" to=\"teamid\" link-type=\"inner\" intersect=\"true\">\
             <link-entity name=\"systemuser\" from=\"systemuserid\" to=\"systemuserid\" link-type=\"inner\" alias=\"m\">\
             <attribute name=\"fullname\"/></link-entity></link-entity>"
        )
    );
    let itself = Thing::fetch().link(Link::<_, Thing>::many_to_many("new_thing_thing"));
    assert!(problem(itself).contains("name them with `Link::through`"));
    let itself = Link::<Thing, Thing>::through("new_thing_thing", "new_thingidone", "new_thingidtwo");
    assert!(
        inner(Thing::fetch().link(itself)).starts_with(
            "<link-entity name=\"new_thing_thing\" from=\"new_thingidone\" to=\"new_thingid\" link-type=\"inner\" \
             intersect=\"true\"><link-entity name=\"new_thing\" from=\"new_thingid\" to=\"new_thingidtwo\""
        )
    );
}

#[test]
fn links_that_filter_are_written_into_the_filter() {
    for (link_type, name, is_in_filter) in [
        (LinkType::Any, "any", true),
        (LinkType::NotAny, "not any", true),
        (LinkType::All, "all", true),
        (LinkType::NotAll, "not all", true),
        (LinkType::Exists, "exists", false),
        (LinkType::In, "in", false),
        (LinkType::FirstRow, "matchfirstrowusingcrossapply", false),
    ] {
        let link = Link::to_many(Thing::PARENT).filter(Thing::NUMBER.eq(1)).link_type(link_type);
        let xml = inner(Thing::fetch().link(link));
        let start = if is_in_filter { "<filter type=\"and\"><link-entity " } else { "<link-entity " };
        assert!(xml.starts_with(start), "{xml}");
        assert!(xml.contains(&format!("link-type=\"{name}\"")), "{xml}");
        let with_column = Link::to_many(Thing::PARENT).attribute(Thing::NAME).link_type(link_type);
        let text = Thing::fetch().link(with_column).to_xml();
        assert_eq!(text.is_ok(), link_type == LinkType::FirstRow, "{text:?}");
    }
}

#[test]
fn an_alias_is_a_name_and_is_used_once() {
    let twice = Thing::fetch().attribute_as(Thing::NAME, "n").attribute_as(Thing::CODE, "N");
    assert!(problem(twice).contains("the alias `N` is used twice"));
    for bad in ["", "a b", "1a", "a.b", "é"] {
        assert!(
            problem(Thing::fetch().attribute_as(Thing::NAME, bad)).contains("cannot be an alias"),
            "{bad}"
        );
    }
    let user = || Link::<Thing, SystemUser>::to_one(Thing::OWNER).attribute(SystemUser::FULL_NAME);
    let xml = Thing::fetch().link(user()).link(user()).link(user().alias("u")).to_xml().unwrap();
    for alias in ["systemuser", "systemuser2", "u"] {
        assert!(xml.contains(&format!("alias=\"{alias}\"")), "{xml}");
    }
    assert!(
        problem(Thing::fetch().link(user().alias("u")).link(user().alias("u")))
            .contains("the alias `u` is used twice")
    );
    let many = (0..16).fold(Thing::fetch(), |fetch, _| fetch.link(user()));
    assert!(problem(many).contains("the query has 16 links, but Dataverse takes 15"));
}

#[test]
fn aggregates_group_and_compute() {
    let fetch = Thing::fetch()
        .sum(Thing::PRICE, "total")
        .average(Thing::PRICE, "mean")
        .min(Thing::INSTANT, "first")
        .max(Thing::INSTANT, "last")
        .count("n")
        .count_column(Thing::NAME, "named")
        .count_distinct(Thing::NAME, "names")
        .group_by(Thing::COLOR, "color")
        .group_by_date(Thing::INSTANT, DateGrouping::Quarter, "quarter")
        .group_by_utc_date(Thing::INSTANT, DateGrouping::FiscalYear, "year")
        .order_by_alias("total", true)
        .order_by_alias("color", false);
    assert_eq!(
        fetch.to_xml().unwrap(),
        "<fetch aggregate=\"true\"><entity name=\"new_thing\">\
         <attribute name=\"new_price\" alias=\"total\" aggregate=\"sum\"/>\
         <attribute name=\"new_price\" alias=\"mean\" aggregate=\"avg\"/>\
         <attribute name=\"new_instant\" alias=\"first\" aggregate=\"min\"/>\
         <attribute name=\"new_instant\" alias=\"last\" aggregate=\"max\"/>\
         <attribute name=\"new_thingid\" alias=\"n\" aggregate=\"count\"/>\
         <attribute name=\"new_name\" alias=\"named\" aggregate=\"countcolumn\"/>\
         <attribute name=\"new_name\" alias=\"names\" aggregate=\"countcolumn\" distinct=\"true\"/>\
         <attribute name=\"new_color\" alias=\"color\" groupby=\"true\"/>\
         <attribute name=\"new_instant\" alias=\"quarter\" groupby=\"true\" dategrouping=\"quarter\"/>\
         <attribute name=\"new_instant\" alias=\"year\" groupby=\"true\" dategrouping=\"fiscal-year\" usertimezone=\"false\"/>\
         <order alias=\"total\" descending=\"true\"/><order alias=\"color\"/></entity></fetch>"
    );
    for (fetch, why) in [
        (
            Thing::fetch().count("n").attribute(Thing::NAME),
            "new_name: in an aggregate a column is grouped by or aggregated",
        ),
        (Thing::fetch().count("n").order_by(Thing::NAME), "new_name: an aggregate is sorted by its aliases"),
        (Thing::fetch().order_by_alias("n", true), "`n`: only an aggregate is sorted by aliases"),
        (Thing::fetch().count("n").all_attributes(), "an aggregate takes no `all_attributes`"),
    ] {
        assert!(problem(fetch).contains(why), "{why}");
    }
    let in_a_link = Link::to_many(Thing::PARENT).count("children");
    assert!(
        Thing::fetch()
            .group_by(Thing::NAME, "name")
            .link(in_a_link)
            .to_xml()
            .unwrap()
            .starts_with("<fetch aggregate")
    );
}

#[test]
fn the_fetch_element_has_pages_top_and_distinct() {
    let root = |fetch: Fetch<Thing>| {
        let xml = fetch.to_xml().unwrap();
        xml[..=xml.find('>').unwrap()].to_owned()
    };
    assert_eq!(root(Thing::fetch()), "<fetch>");
    assert_eq!(root(Thing::fetch().top(5).distinct(true)), "<fetch distinct=\"true\" top=\"5\">");
    assert_eq!(
        root(Thing::fetch().page_size(50).page(2).total_count(true)),
        "<fetch returntotalrecordcount=\"true\" count=\"50\" page=\"2\">"
    );
    assert_eq!(
        root(Thing::fetch().raw_order(true).retained(true).aggregate_limit(9).count("n")),
        "<fetch aggregate=\"true\" useraworderby=\"true\" aggregatelimit=\"9\" datasource=\"retained\">"
    );
    assert_eq!(
        root(Thing::fetch().raw_order(false).retained(false).distinct(false).total_count(false)),
        "<fetch>"
    );
    for (fetch, why) in [
        (Thing::fetch().top(0), "`top` is 1 to 5000"),
        (Thing::fetch().page_size(5001), "`page_size` is 1 to 5000"),
        (Thing::fetch().page(0), "the first page is 1"),
        (Thing::fetch().top(1).page(1), "no `top` with `page_size`, `page` or `total_count`"),
        (Thing::fetch().top(1).total_count(true), "no `top` with `page_size`, `page` or `total_count`"),
    ] {
        assert!(problem(fetch).contains(why), "{why}");
    }
    // Without attributes, Dataverse answers all columns.
    assert!(Thing::fetch().to_xml().unwrap().contains("<attribute name=\"new_thingid\"/>"));
    assert!(Thing::fetch().distinct(true).to_xml().unwrap().contains("<no-attrs/>"));
    assert!(Thing::fetch().all_attributes().to_xml().unwrap().contains("\"new_thing\"><all-attributes/>"));
    assert_eq!(
        inner(Thing::fetch().order_by([Thing::NAME.asc(), Thing::NUMBER.desc()])),
        "<order attribute=\"new_name\"/><order attribute=\"new_number\" descending=\"true\"/>"
    );
}

#[derive(Debug, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name")]
    _name: Option<String>,
    #[attr(logical = "owneridname")]
    _owner: Option<String>,
}

#[derive(Debug, DataverseRow)]
struct Counted {
    #[row(alias = "type")]
    _event_type: Option<EventType>,
    #[row(alias = "events")]
    _events: i64,
}

#[test]
fn a_query_answers_the_struct_that_reads_it() {
    let sent = |message: &dyn Fn() -> http::Request<bytes::Bytes>| {
        let request = message();
        let query = request.uri().query().unwrap().strip_prefix("fetchXml=").unwrap().to_owned();
        percent_encoding::percent_decode_str(&query).decode_utf8().unwrap().into_owned()
    };
    // The columns of the struct, and those whose annotations it reads.
    let records = Brief::fetch().filter(SessionEvent::NAME.is_not_null()).records();
    assert_eq!(
        sent(&|| records.request(&org()).unwrap()),
        "<fetch><entity name=\"msdyn_sessionevent\"><attribute name=\"msdyn_name\"/><attribute name=\"ownerid\"/>\
         <filter type=\"and\"><condition attribute=\"msdyn_name\" operator=\"not-null\"/></filter></entity></fetch>"
    );
    let counted = SessionEvent::fetch().group_by(SessionEvent::EVENT_TYPE, "type").count("events");
    counted.clone().rows_as::<Counted>().request(&org()).unwrap();
    counted.clone().rows_as::<Row>().request(&org()).unwrap();
    counted.clone().rows().request(&org()).unwrap();
    assert!(refusal(&counted.records()).contains("it is an aggregate"));
    let other = SessionEvent::fetch().group_by(SessionEvent::EVENT_TYPE, "kind").count("events");
    assert!(
        refusal(&other.rows_as::<Counted>())
            .contains("the struct reads `type`, but it answers `kind`, `events`")
    );
    let wrong = SessionEvent::fetch().top(0);
    assert!(refusal(&wrong.rows()).contains("the FetchXML query cannot be sent: `top` is 1 to 5000"));
}

/// OData has no links, so a condition on one cannot be written.
#[test]
fn a_condition_on_a_link_is_refused_in_odata() {
    let filter = OcSession::SUBJECT.eq("a").on_link::<SessionEvent>("s");
    let error = filter.to_odata().unwrap_err().to_string();
    assert!(error.contains("the link `s` is one of a FetchXML query; start with `fetch()`"), "{error}");
    let both =
        (OcSession::SUBJECT.eq_column(OcSession::SUBJECT)).and(OcSession::SUBJECT.is_null()).on_link("s");
    assert_eq!(
        condition::<SessionEvent>(both),
        "<filter type=\"and\">\
         <condition entityname=\"s\" attribute=\"subject\" operator=\"eq\" valueof=\"s.subject\"/>\
         <condition entityname=\"s\" attribute=\"subject\" operator=\"null\"/></filter>"
    );
}
