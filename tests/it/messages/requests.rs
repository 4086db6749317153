//! The exact request of every message. Expectations are from Microsoft's documentation and the table's
//! reference page.

use dataverse_entity::message::{
    Action, Annotations, BypassLogic, Create, Function, Parameter, Query, RequestOptions, SetState, Update,
    WhoAmI,
};
use dataverse_entity::prelude::*;
use dataverse_entity::query::{ExpandOptions, Filter, Many, Related};
use dataverse_entity::tables::session_event::StatusReason;
use dataverse_entity::tables::{
    BusinessUnit, EventType, OcSession, Principal, SessionEvent, SystemUser, Team,
};
use dataverse_entity::{Id, Uuid};

use crate::support::exchange;
use crate::support::exchange::{org, refusal, request};
use crate::support::table::{Party, Thing};

const G1: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const G2: &str = "0d2c7a10-1111-4111-8111-111111111111";
const G3: &str = "1e3c8b20-2222-4222-8222-222222222222";

const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");

fn event() -> Id<SessionEvent> {
    G1.parse().unwrap()
}

fn session() -> Id<OcSession> {
    G2.parse().unwrap()
}

fn user() -> Id<SystemUser> {
    G2.parse().unwrap()
}

fn team() -> Id<Team> {
    G3.parse().unwrap()
}

/// One column of the table.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Name {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
}

/// A column, and the session with two of its own.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct WithSession {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "msdyn_omnichannelsession")]
    session: Option<Box<Subject>>,
}

#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = OcSession)]
struct Subject {
    #[attr(logical = "subject")]
    subject: Option<String>,
}

/// A session with its events.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(of = OcSession)]
struct SessionWithEvents {
    #[attr(logical = "subject")]
    subject: Option<String>,
    #[expand(nav = "msdyn_ocsession_sessionevent_nested")]
    events: Vec<Name>,
}

#[test]
fn every_request_asks_for_json_of_odata_4_and_keeps_caches_from_answering() {
    let request = Name::retrieve(event()).request(&org()).unwrap();
    let headers: Vec<_> =
        request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    assert_eq!(
        headers,
        [
            ("accept", "application/json"),
            ("odata-maxversion", "4.0"),
            ("odata-version", "4.0"),
            ("if-none-match", "null"),
        ]
    );
}

#[test]
fn create() {
    let draft = SessionEvent::create().id(event()).name("O'Brien").event_type(EventType::SessionEnd);
    let expected = format!(
        "POST msdyn_sessionevents\ncontent-type: application/json\n\n\
         {{\"msdyn_sessioneventid\":\"{G1}\",\"msdyn_name\":\"O'Brien\",\"msdyn_eventtype\":192350005}}"
    );
    assert_eq!(request(&draft), expected);
    assert_eq!(request(&Create::new(draft)), expected);
}

#[test]
fn create_that_answers_with_the_record() {
    assert_eq!(
        request(&SessionEvent::create().name("r").returning::<Name>()),
        "POST msdyn_sessionevents?$select=msdyn_name\ncontent-type: application/json\n\
         prefer: return=representation\n\n{\"msdyn_name\":\"r\"}"
    );
    assert_eq!(
        request(&SessionEvent::create().returning::<WithSession>()),
        "POST msdyn_sessionevents?$select=msdyn_name&$expand=msdyn_omnichannelsession($select=subject)\n\
         content-type: application/json\nprefer: return=representation\n\n{}"
    );
}

#[test]
fn retrieve() {
    assert_eq!(
        request(&Name::retrieve(event())),
        format!("GET msdyn_sessionevents({G1})?$select=msdyn_name")
    );
    assert_eq!(
        request(&WithSession::retrieve(event()).annotations(Annotations::all())),
        format!(
            "GET msdyn_sessionevents({G1})?$select=msdyn_name&$expand=msdyn_omnichannelsession($select=subject)\n\
             prefer: odata.include-annotations=\"*\""
        )
    );
}

#[test]
fn retrieve_by_alternate_key() {
    let key = SessionEvent::NAME.key("O'Brien").and(SessionEvent::EVENT_TYPE.key(EventType::Unknown(1)));
    assert_eq!(
        request(&Name::retrieve(key)),
        "GET msdyn_sessionevents(msdyn_name='O''Brien',msdyn_eventtype=1)?$select=msdyn_name"
    );
    let by_lookup = Thing::PARENT.key(Id::<Thing>::new(Uuid::nil()));
    assert!(
        refusal(&Thing::retrieve(by_lookup))
            .contains("the declared keys are new_bycode (new_code, new_number)")
    );
    let declared = Thing::NUMBER.key(5).and(Thing::CODE.key("ä #"));
    assert!(
        request(&Thing::retrieve(declared))
            .starts_with("GET new_things(new_number=5,new_code='%C3%A4%20%23')?$select=")
    );
    let by_session = SessionEvent::SESSION.key(session());
    assert_eq!(
        request(&Name::retrieve(by_session)),
        format!("GET msdyn_sessionevents(_msdyn_omnichannelsession_value={G2})?$select=msdyn_name")
    );
}

#[test]
fn keys_that_dataverse_cannot_serve_in_a_url_are_refused_with_the_reason() {
    for bad in ['/', '<', '>', '*', '%', '&', ':', '\\', '?', '+', '\n', '\0'] {
        let reason = refusal(&Name::retrieve(SessionEvent::NAME.key(format!("a{bad}b"))));
        assert!(reason.contains("cannot be a key value in a URL"), "{reason}");
        assert!(reason.contains(&format!("{bad:?}")), "{reason}");
        assert!(reason.contains("query for the record with a filter instead"), "{reason}");
    }
    let twice = SessionEvent::NAME.key("a").and(SessionEvent::NAME.key("b"));
    assert!(refusal(&Name::retrieve(twice)).contains("names `msdyn_name` twice"));
    let related = SessionEvent::SESSION.to(OcSession::SUBJECT).key("s");
    assert!(refusal(&Name::retrieve(related)).contains("is a column of a related record"));
    // Only text can break the path; a date keeps its colons, percent-encoded.
    let date = SessionEvent::CREATED_ON.key("2024-01-01T00:00:00Z".parse::<Timestamp>().unwrap());
    assert_eq!(
        request(&Name::retrieve(date)),
        "GET msdyn_sessionevents(createdon=2024-01-01T00%3A00%3A00Z)?$select=msdyn_name"
    );
}

#[test]
fn retrieve_if_changed() {
    assert_eq!(
        request(&Name::retrieve(event()).if_changed("W/\"123\"")),
        format!("GET msdyn_sessionevents({G1})?$select=msdyn_name\nif-none-match: W/\"123\"")
    );
}

#[test]
fn retrieve_multiple() {
    let query = Name::query()
        .filter(SessionEvent::NAME.contains("O'Br"))
        .filter(SessionEvent::EVENT_TYPE.eq(EventType::SessionEnd))
        .filter(SessionEvent::SESSION.eq(session()))
        .order_by(SessionEvent::NAME.asc())
        .order_by(SessionEvent::EVENT_TYPE.desc())
        .top(5)
        .count(true);
    assert_eq!(
        request(&query),
        format!(
            "GET msdyn_sessionevents?$select=msdyn_name&$filter=((contains(msdyn_name%2C%20%27O%27%27Br%27)%20and%20\
             msdyn_eventtype%20eq%20192350005)%20and%20_msdyn_omnichannelsession_value%20eq%20{G2})\
             &$orderby=msdyn_name%20asc,msdyn_eventtype%20desc&$top=5&$count=true"
        )
    );
    assert_eq!(
        request(&Name::query().page_size(10).annotations(Annotations::formatted_values())),
        "GET msdyn_sessionevents?$select=msdyn_name\n\
         prefer: odata.maxpagesize=10,odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\""
    );
}

#[test]
fn retrieve_multiple_through_a_navigation_property() {
    assert_eq!(
        request(&Name::query_related(session(), EVENTS).top(1)),
        format!("GET msdyn_ocsessions({G2})/msdyn_ocsession_sessionevent_nested?$select=msdyn_name&$top=1")
    );
}

#[test]
fn retrieve_multiple_of_a_saved_query() {
    let view = Uuid::parse_str(G3).unwrap();
    assert_eq!(
        request(&Query::<Name>::saved(view)),
        format!("GET msdyn_sessionevents?savedQuery={G3}&$select=msdyn_name")
    );
    assert_eq!(
        request(&Query::<Name>::user_saved(view)),
        format!("GET msdyn_sessionevents?userQuery={G3}&$select=msdyn_name")
    );
}

#[test]
fn expanded_records_can_be_narrowed() {
    let narrowed = ExpandOptions::new()
        .filter(SessionEvent::EVENT_TYPE.is_not_null())
        .order_by(SessionEvent::NAME.desc())
        .top(1);
    assert_eq!(
        request(&SessionWithEvents::query().expand(EVENTS, narrowed)),
        "GET msdyn_ocsessions?$select=subject&$expand=msdyn_ocsession_sessionevent_nested($select=msdyn_name;\
         $filter=msdyn_eventtype%20ne%20null;$orderby=msdyn_name%20desc;$top=1)"
    );
    assert_eq!(
        refusal(&Subject::query().expand(EVENTS, ExpandOptions::new())),
        "the request cannot be built: msdyn_ocsession: the struct does not expand \
         `msdyn_ocsession_sessionevent_nested`; give it a field with `#[expand(nav = \
         \"msdyn_ocsession_sessionevent_nested\")]`"
    );
}

#[test]
fn a_query_beyond_the_limits_of_dataverse_is_refused() {
    assert!(refusal(&Name::query().top(0)).contains("`top` is 1 to 5000, not 0"));
    assert!(refusal(&Name::query().top(5001)).contains("not 5001"));
    // At the edges: webapi/query/overview (32,768 characters) and webapi/query/order-rows and page-results
    // (5,000).
    for records in [1, 5000] {
        assert!(request(&Name::query().top(records)).ends_with(&format!("&$top={records}")));
        let page = request(&Name::query().page_size(records));
        assert!(page.contains(&format!("odata.maxpagesize={records}")), "{page}");
    }
    assert!(refusal(&Name::query().page_size(5001)).contains("not 5001"));
    let of_length = |letters: usize| Name::query().filter(SessionEvent::NAME.eq("a".repeat(letters)));
    let shortest = of_length(0).request(&org()).unwrap().uri().to_string().len();
    let longest = of_length(32_768 - shortest);
    assert_eq!(longest.request(&org()).unwrap().uri().to_string().len(), 32_768);
    let refused = refusal(&of_length(32_768 - shortest + 1));
    assert!(refused.contains("32769 characters long, Dataverse takes 32768"), "{refused}");
    assert!(refusal(&Name::query().page_size(0)).contains("a page has 1 to 5000 records, not 0"));
    assert!(refusal(&Name::query().top(1).page_size(1)).contains("Dataverse ignores `top`"));
    let many = Filter::any_of((0..3000).map(|number| SessionEvent::NAME.eq(format!("event {number}"))));
    let refused = refusal(&Name::query().filter(many));
    assert!(refused.contains("characters long, Dataverse takes 32768"), "{refused}");
}

#[test]
fn update_never_creates() {
    let draft = SessionEvent::update(event()).name("u");
    let expected = format!(
        "PATCH msdyn_sessionevents({G1})\ncontent-type: application/json\nif-match: *\n\n{{\"msdyn_name\":\"u\"}}"
    );
    assert_eq!(request(&draft), expected);
    assert_eq!(request(&Update::new(draft.clone())), expected);
    assert_eq!(
        request(&draft.clone().if_match("W/\"123\"")),
        format!(
            "PATCH msdyn_sessionevents({G1})\ncontent-type: application/json\nif-match: W/\"123\"\n\n{{\"msdyn_name\":\"u\"}}"
        )
    );
    assert_eq!(
        request(&draft.returning::<Name>()),
        format!(
            "PATCH msdyn_sessionevents({G1})?$select=msdyn_name\ncontent-type: application/json\nif-match: *\n\
             prefer: return=representation\n\n{{\"msdyn_name\":\"u\"}}"
        )
    );
    let by_key = SessionEvent::update(SessionEvent::NAME.key("a")).clear_event_type();
    assert_eq!(
        request(&by_key),
        "PATCH msdyn_sessionevents(msdyn_name='a')\ncontent-type: application/json\nif-match: *\n\n{\"msdyn_eventtype\":null}"
    );
}

#[test]
fn a_condition_replaces_if_none_match_null() {
    let requests = [
        SessionEvent::update(event()).name("u").request(&org()).unwrap(),
        SessionEvent::delete(event()).if_match("W/\"1\"").request(&org()).unwrap(),
        Name::retrieve(event()).if_changed("\"strong\"").request(&org()).unwrap(),
        SessionEvent::upsert(event(), SessionEvent::create()).only_create(true).request(&org()).unwrap(),
    ];
    for request in requests {
        let none_match: Vec<_> = request.headers().get_all("if-none-match").iter().collect();
        assert!(!none_match.iter().any(|value| *value == "null"), "{none_match:?}");
        assert!(none_match.len() <= 1);
    }
}

#[test]
fn text_that_is_no_etag_is_refused() {
    for bad in ["", "123", "W/123", "\"a\"b\"", "W/\"1\"\r\nX: y", "\"\u{7f}\""] {
        let message = SessionEvent::update(event()).name("u").if_match(bad);
        assert!(message.request(&org()).unwrap_err().is_invalid_request(), "{bad:?}");
    }
}

#[test]
fn upsert() {
    let draft = SessionEvent::create().name("up");
    assert_eq!(
        request(&SessionEvent::upsert(event(), draft.clone())),
        format!(
            "PATCH msdyn_sessionevents({G1})\ncontent-type: application/json\n\n{{\"msdyn_name\":\"up\"}}"
        )
    );
    assert_eq!(
        request(&SessionEvent::upsert(event(), draft.clone()).only_create(true)),
        format!(
            "PATCH msdyn_sessionevents({G1})\ncontent-type: application/json\nif-none-match: *\n\n{{\"msdyn_name\":\"up\"}}"
        )
    );
    assert_eq!(
        request(&SessionEvent::upsert(event(), draft.clone()).only_update(true)),
        format!(
            "PATCH msdyn_sessionevents({G1})\ncontent-type: application/json\nif-match: *\n\n{{\"msdyn_name\":\"up\"}}"
        )
    );
    let by_key = SessionEvent::NAME.key("O'Brien");
    let draft = SessionEvent::create().event_type(EventType::Unknown(1));
    assert_eq!(
        request(&SessionEvent::upsert(by_key, draft).returning::<Name>()),
        "PATCH msdyn_sessionevents(msdyn_name='O''Brien')?$select=msdyn_name\ncontent-type: application/json\n\
         prefer: return=representation\n\n{\"msdyn_eventtype\":1}"
    );
}

#[test]
fn an_upsert_refuses_columns_that_dataverse_would_ignore_in_one_of_its_cases() {
    use dataverse_entity::tables::session_event::State;
    let created_only = SessionEvent::create().import_sequence_number(1);
    let refused = refusal(&SessionEvent::upsert(event(), created_only.clone()));
    assert_eq!(
        refused,
        "the request cannot be built: msdyn_sessionevent.importsequencenumber: if the upsert updates, Dataverse ignores this \
         column without an error; leave it out, or call `allow_partly_ignored`"
    );
    assert!(
        refusal(&SessionEvent::upsert(event(), created_only.clone()).only_update(true))
            .contains("if the upsert updates")
    );
    assert!(
        request(&SessionEvent::upsert(event(), created_only.clone()).allow_partly_ignored(true))
            .ends_with("{\"importsequencenumber\":1}")
    );
    assert!(request(&SessionEvent::upsert(event(), created_only).only_create(true)).ends_with(":1}"));
    let state = || SessionEvent::update(event()).state(State::Inactive);
    assert!(refusal(&SessionEvent::upsert(event(), state())).contains("statecode: if the upsert creates"));
    assert!(
        refusal(&SessionEvent::upsert(event(), state()).only_create(true)).contains("if the upsert creates")
    );
    assert!(
        request(&SessionEvent::upsert(event(), state()).only_update(true)).ends_with("{\"statecode\":1}")
    );
    let other =
        SessionEvent::upsert(Id::<SessionEvent>::new(Uuid::nil()), SessionEvent::update(event()).name("n"));
    assert!(refusal(&other).contains("is for another record than the upsert"));
    let keyed = SessionEvent::upsert(SessionEvent::NAME.key("a"), SessionEvent::create().name("b"));
    assert!(refusal(&keyed).contains("msdyn_sessionevent.msdyn_name: names the record already"));
}

#[test]
fn delete() {
    assert_eq!(request(&SessionEvent::delete(event())), format!("DELETE msdyn_sessionevents({G1})"));
    assert_eq!(
        request(&SessionEvent::delete(event()).if_match("W/\"123\"")),
        format!("DELETE msdyn_sessionevents({G1})\nif-match: W/\"123\"")
    );
}

#[test]
fn assign() {
    let to = |url: &str| {
        format!(
            "PATCH msdyn_sessionevents({G1})\ncontent-type: application/json\nif-match: *\n\n\
             {{\"ownerid@odata.bind\":\"/{url}\"}}"
        )
    };
    assert_eq!(request(&SessionEvent::assign(event(), team())), to(&format!("teams({G3})")));
    assert_eq!(request(&SessionEvent::assign(event(), user())), to(&format!("systemusers({G2})")));
    assert_eq!(request(&SessionEvent::assign(event(), Principal::Team(team()))), to(&format!("teams({G3})")));
    // A table and an enum of your own.
    assert!(request(&Thing::assign(Id::new(Uuid::nil()), Party::User(user()))).contains("/systemusers("));
    let nobody = Principal::Unknown(UnknownTarget::new(Uuid::nil(), Some("account")));
    assert!(
        refusal(&SessionEvent::assign(event(), nobody)).contains("of account is neither a user nor a team")
    );
}

#[test]
fn set_state_sends_state_and_status() {
    let expected = format!(
        "PATCH msdyn_sessionevents({G1})\ncontent-type: application/json\nif-match: *\n\n{{\"statecode\":1,\"statuscode\":2}}"
    );
    assert_eq!(request(&SessionEvent::set_state(event(), StatusReason::Inactive)), expected);
    // The update says the same.
    assert_eq!(request(&SessionEvent::update(event()).status(StatusReason::Inactive)), expected);
    let unknown = SetState::<SessionEvent>::new(event(), StatusReason::Unknown(7));
    assert!(refusal(&unknown).contains("no option with the value 7 is declared, so its state is not known"));
}

#[test]
fn grant_access() {
    let rights = AccessRights::READ | AccessRights::WRITE;
    assert_eq!(
        request(&SessionEvent::grant_access(event(), user(), rights)),
        format!(
            "POST GrantAccess\ncontent-type: application/json\n\n\
             {{\"PrincipalAccess\":{{\"AccessMask\":\"ReadAccess,WriteAccess\",\
             \"Principal\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.systemuser\",\"systemuserid\":\"{G2}\"}}}},\
             \"Target\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\"msdyn_sessioneventid\":\"{G1}\"}}}}"
        )
    );
    // The key of an activity is `activityid`, that of a team `teamid`.
    let body = request(&OcSession::grant_access(session(), team(), AccessRights::all()));
    assert!(body.contains(&format!("\"activityid\":\"{G2}\"")), "{body}");
    assert!(
        body.contains(&format!("\"@odata.type\":\"Microsoft.Dynamics.CRM.team\",\"teamid\":\"{G3}\"")),
        "{body}"
    );
    assert!(body.contains(
        "\"ReadAccess,WriteAccess,AppendAccess,AppendToAccess,CreateAccess,DeleteAccess,ShareAccess,AssignAccess\""
    ));
}

#[test]
fn modify_access() {
    assert_eq!(
        request(&SessionEvent::modify_access(event(), team(), AccessRights::READ)),
        format!(
            "POST ModifyAccess\ncontent-type: application/json\n\n\
             {{\"PrincipalAccess\":{{\"AccessMask\":\"ReadAccess\",\
             \"Principal\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.team\",\"teamid\":\"{G3}\"}}}},\
             \"Target\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\"msdyn_sessioneventid\":\"{G1}\"}}}}"
        )
    );
}

#[test]
fn revoke_access() {
    assert_eq!(
        request(&SessionEvent::revoke_access(event(), user())),
        format!(
            "POST RevokeAccess\ncontent-type: application/json\n\n\
             {{\"Revokee\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.systemuser\",\"ownerid\":\"{G2}\"}},\
             \"Target\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\"msdyn_sessioneventid\":\"{G1}\"}}}}"
        )
    );
}

#[test]
fn retrieve_principal_access() {
    let parameter = format!("%7B%27%40odata.id%27%3A%27msdyn_sessionevents({G1})%27%7D");
    assert_eq!(
        request(&SessionEvent::retrieve_principal_access(event(), user())),
        format!(
            "GET systemusers({G2})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@p1)?@p1={parameter}"
        )
    );
    assert_eq!(
        request(&SessionEvent::retrieve_principal_access(event(), team())),
        format!("GET teams({G3})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@p1)?@p1={parameter}")
    );
}

#[test]
fn retrieve_shared_principals_and_access() {
    assert_eq!(
        request(&SessionEvent::retrieve_shared_principals_and_access(event())),
        format!(
            "GET RetrieveSharedPrincipalsAndAccess(Target=@p1)?@p1=%7B%27%40odata.id%27%3A%27msdyn_sessionevents({G1})%27%7D"
        )
    );
}

#[test]
fn is_valid_state_transition_takes_the_states_invariant_name() {
    assert_eq!(
        request(&SessionEvent::is_valid_state_transition(event(), StatusReason::Inactive)),
        format!(
            "GET IsValidStateTransition(Entity=@p1,NewState=@p2,NewStatus=@p3)\
             ?@p1=%7B%27%40odata.id%27%3A%27msdyn_sessionevents({G1})%27%7D&@p2=%27Inactive%27&@p3=2"
        )
    );
}

/// Dataverse finds nothing by a key that the table does not declare.
#[test]
fn an_alternate_key_that_is_not_declared_is_refused_everywhere() {
    const CHILDREN: Related<Thing, Thing, Many> = Related::many("new_children");
    let id = || Id::<Thing>::new(Uuid::nil());
    let undeclared = || Thing::NUMBER.key(5);
    let refused = [
        refusal(&Thing::retrieve(undeclared())),
        refusal(&Thing::update(undeclared()).name("n")),
        refusal(&Thing::associate(id(), CHILDREN, undeclared())),
        refusal(&Thing::disassociate(id(), CHILDREN, undeclared())),
        refusal(&Thing::create().parent(undeclared())),
        refusal(&Thing::create().link(CHILDREN, [undeclared()])),
        refusal(&Thing::update(id()).parent(undeclared()).single_column()),
    ];
    for reason in refused {
        assert!(reason.contains("the declared keys are new_bycode (new_code, new_number)"), "{reason}");
    }
    let declared = Thing::NUMBER.key(5).and(Thing::CODE.key("c"));
    assert!(
        request(&Thing::associate(id(), CHILDREN, declared))
            .contains("new_things(new_number=5,new_code='c')")
    );
}

#[test]
fn associate_and_disassociate() {
    assert_eq!(
        request(&OcSession::associate(session(), EVENTS, event())),
        format!(
            "POST msdyn_ocsessions({G2})/msdyn_ocsession_sessionevent_nested/$ref\ncontent-type: application/json\n\n\
             {{\"@odata.id\":\"https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents({G1})\"}}"
        )
    );
    assert_eq!(
        request(&OcSession::disassociate(session(), EVENTS, event())),
        format!("DELETE msdyn_ocsessions({G2})/msdyn_ocsession_sessionevent_nested({G1})/$ref")
    );
    assert_eq!(
        request(&OcSession::disassociate(session(), EVENTS, SessionEvent::NAME.key("a"))),
        format!(
            "DELETE msdyn_ocsessions({G2})/msdyn_ocsession_sessionevent_nested/$ref?$id=\
             https%3A%2F%2Fexample.crm.dynamics.com%2Fapi%2Fdata%2Fv9.2%2Fmsdyn_sessionevents(msdyn_name%3D%27a%27)"
        )
    );
}

#[test]
fn create_multiple() {
    let drafts = ["a", "b"].map(|name| SessionEvent::create().name(name));
    assert_eq!(
        request(&SessionEvent::create_multiple(drafts)),
        "POST msdyn_sessionevents/Microsoft.Dynamics.CRM.CreateMultiple\ncontent-type: application/json\n\n\
         {\"Targets\":[{\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\"msdyn_name\":\"a\"},\
         {\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\"msdyn_name\":\"b\"}]}"
    );
    assert!(refusal(&SessionEvent::create_multiple([])).contains("holds no record"));
}

#[test]
fn update_multiple() {
    assert_eq!(
        request(&SessionEvent::update_multiple([SessionEvent::update(event()).name("u")])),
        format!(
            "POST msdyn_sessionevents/Microsoft.Dynamics.CRM.UpdateMultiple\ncontent-type: application/json\n\n\
             {{\"Targets\":[{{\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\
             \"msdyn_sessioneventid\":\"{G1}\",\"msdyn_name\":\"u\"}}]}}"
        )
    );
    let by_key =
        SessionEvent::update(SessionEvent::NAME.key("a")).event_type(EventType::from_value(1).unwrap());
    assert!(refusal(&SessionEvent::update_multiple([by_key])).contains("names records by their ids"));
}

#[test]
fn upsert_multiple() {
    let record = |name: &str, kind: i32| {
        (SessionEvent::NAME.key(name), SessionEvent::create().event_type(EventType::Unknown(kind)))
    };
    assert_eq!(
        request(&SessionEvent::upsert_multiple([record("a", 1), record("b", 2)])),
        "POST msdyn_sessionevents/Microsoft.Dynamics.CRM.UpsertMultiple\ncontent-type: application/json\n\n\
         {\"Targets\":[{\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\
         \"@odata.id\":\"msdyn_sessionevents(msdyn_name='a')\",\"msdyn_eventtype\":1},\
         {\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\
         \"@odata.id\":\"msdyn_sessionevents(msdyn_name='b')\",\"msdyn_eventtype\":2}]}"
    );
    let by_id = SessionEvent::upsert_multiple([(event(), SessionEvent::create().name("n"))]);
    assert!(request(&by_id).contains(&format!("\"msdyn_sessioneventid\":\"{G1}\",\"msdyn_name\":\"n\"")));
}

/// An upsert with the key both in `@odata.id` and in the body: if it would create, Dataverse answers 400
/// 0x80040216; if it updates, 204 (PowerPlatform-DataverseClient-Python#127).
#[test]
fn an_upsert_names_its_key_once() {
    let by_text = || SessionEvent::NAME.key("a");
    let by_lookup = || SessionEvent::SESSION.key(session());
    let named = SessionEvent::create().name("a");
    let bound = SessionEvent::create().session(session());
    let identified = SessionEvent::create().id(event());
    let elastic = event().in_partition("p");
    for message in [
        SessionEvent::upsert_multiple([(by_text(), named.clone())]),
        SessionEvent::upsert_multiple([(by_text(), named.clone())]).allow_partly_ignored(true),
        SessionEvent::upsert_multiple([(by_lookup(), bound.clone())]),
    ] {
        assert!(refusal(&message).contains("names the record already and is left out of the body"));
    }
    assert!(
        refusal(&SessionEvent::upsert_multiple([(event(), identified.clone())]))
            .contains("names the record already")
    );
    assert!(
        refusal(&SessionEvent::upsert_multiple([(elastic, identified)])).contains("names the record already")
    );
    assert!(refusal(&SessionEvent::upsert(by_text(), named)).contains("names the record already"));
    assert!(refusal(&SessionEvent::upsert(by_lookup(), bound)).contains("names the record already"));
    // A target has either `@odata.id` or the members of the key, once.
    let other = || SessionEvent::create().event_type(EventType::Unknown(1));
    for body in [
        request(&SessionEvent::upsert_multiple([(by_text(), other())])),
        request(&SessionEvent::upsert_multiple([(by_lookup(), other())])),
    ] {
        assert_eq!(body.matches("@odata.id").count(), 1, "{body}");
        assert!(!body.contains("\"msdyn_name\":") && !body.contains("\"msdyn_omnichannelsession"), "{body}");
    }
    let body = request(&SessionEvent::upsert_multiple([(event().in_partition("p"), other())]));
    assert!(
        body.contains(&format!(
            "\"msdyn_sessioneventid\":\"{G1}\",\"partitionid\":\"p\",\"msdyn_eventtype\":1"
        )),
        "{body}"
    );
    assert!(!body.contains("@odata.id"), "{body}");
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_reading", set = "new_readings", table_type = "elastic")]
struct Reading {
    #[attr(logical = "new_readingid", primary_id, create_only)]
    id: Id<Reading>,
}

fn reading() -> Id<Reading> {
    G1.parse().unwrap()
}

/// bulk-operations and the samples of ElasticTableOperations: rows are named by primary key and
/// `partitionid`.
#[test]
fn messages_for_several_rows_of_an_elastic_table() {
    let row = || event().in_partition("it's \"p\"");
    assert_eq!(
        request(&Reading::delete_multiple([reading().in_partition("it's \"p\"")])),
        format!(
            "POST new_readings/Microsoft.Dynamics.CRM.DeleteMultiple\ncontent-type: application/json\n\n\
             {{\"Targets\":[{{\"@odata.type\":\"Microsoft.Dynamics.CRM.new_reading\",\
             \"new_readingid\":\"{G1}\",\"partitionid\":\"it's \\\"p\\\"\"}}]}}"
        )
    );
    let update = request(&SessionEvent::update_multiple([SessionEvent::update(row()).name("n")]));
    assert!(update.contains("\"partitionid\":\"it's \\\"p\\\"\",\"msdyn_name\":\"n\""), "{update}");
    let none: [RecordRef<Reading>; 0] = [];
    assert!(refusal(&Reading::delete_multiple(none)).contains("holds no record"));
    let asked = request(&Reading::delete_multiple([reading()]).outcomes());
    assert!(
        asked.contains("prefer: odata.include-annotations=\"Microsoft.PowerApps.CDS.ErrorDetails.*\""),
        "{asked}"
    );
    // The URL of use-elastic-tables, where a record is named by its URL.
    assert_eq!(
        request(&SessionEvent::delete(event().in_partition("deviceid-001"))),
        format!("DELETE msdyn_sessionevents(msdyn_sessioneventid={G1},partitionid='deviceid-001')")
    );
    let bound = request(&OcSession::associate(session(), EVENTS, event().in_partition("p")));
    assert!(
        bound.contains(&format!("msdyn_sessionevents(msdyn_sessioneventid={G1},partitionid='p')\"")),
        "{bound}"
    );
}

#[test]
fn count() {
    assert_eq!(request(&SessionEvent::count()), "GET msdyn_sessionevents/$count");
    assert_eq!(
        request(&SessionEvent::count().filter(SessionEvent::EVENT_TYPE.eq(EventType::Unknown(1)))),
        "GET msdyn_sessionevents/$count?$filter=msdyn_eventtype%20eq%201"
    );
}

#[test]
fn single_columns() {
    assert_eq!(
        request(&SessionEvent::retrieve_column(event(), SessionEvent::NAME)),
        format!("GET msdyn_sessionevents({G1})/msdyn_name")
    );
    assert_eq!(
        request(&SessionEvent::update(event()).name("sp").single_column()),
        format!(
            "PUT msdyn_sessionevents({G1})/msdyn_name\ncontent-type: application/json\n\n{{\"value\":\"sp\"}}"
        )
    );
    assert_eq!(
        request(&SessionEvent::update(event()).clear_name().single_column()),
        format!("DELETE msdyn_sessionevents({G1})/msdyn_name")
    );
    let two = SessionEvent::update(event()).name("a").clear_event_type().single_column();
    assert!(refusal(&two).contains("must hold exactly one column"));
    assert_eq!(
        request(&SessionEvent::update(event()).session(session()).single_column()),
        format!(
            "PUT msdyn_sessionevents({G1})/msdyn_omnichannelsession/$ref\ncontent-type: application/json\n\n\
             {{\"@odata.id\":\"https://example.crm.dynamics.com/api/data/v9.2/msdyn_ocsessions({G2})\"}}"
        )
    );
    assert_eq!(
        request(&SessionEvent::update(event()).clear_session().single_column()),
        format!("DELETE msdyn_sessionevents({G1})/msdyn_omnichannelsession/$ref")
    );
    let polymorphic = Thing::update(Id::<Thing>::new(Uuid::nil())).clear_party().single_column();
    assert!(refusal(&polymorphic).contains("several navigation properties; send the update itself"));
}

#[test]
fn who_am_i() {
    assert_eq!(request(&WhoAmI), "GET WhoAmI()");
}

#[test]
fn change_tracking() {
    assert_eq!(
        request(&Name::track_changes()),
        "GET msdyn_sessionevents?$select=msdyn_name\nprefer: odata.track-changes"
    );
    let link = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents?$select=msdyn_name&$deltatoken=919042%2108%2f22";
    assert_eq!(
        request(&Name::changes_since(link)),
        "GET msdyn_sessionevents?$select=msdyn_name&$deltatoken=919042%2108%2f22\nprefer: odata.track-changes"
    );
    assert!(refusal(&WithSession::track_changes()).contains("change tracking expands no related records"));
}

#[test]
fn fetch_xml() {
    let query =
        "<fetch top=\"5\"><entity name='msdyn_sessionevent'><attribute name='msdyn_name'/></entity></fetch>";
    assert_eq!(
        request(&Name::fetch_xml(query)),
        "GET msdyn_sessionevents?fetchXml=%3Cfetch%20top%3D%225%22%3E%3Centity%20name%3D%27msdyn_sessionevent%27%3E\
         %3Cattribute%20name%3D%27msdyn_name%27%2F%3E%3C%2Fentity%3E%3C%2Ffetch%3E\n\
         prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords\""
    );
    for (bad, why) in [
        (
            "<fetch><entity name='account'/></fetch>",
            "it queries `account`, but the struct reads `msdyn_sessionevent`",
        ),
        ("<fetch><entity/></fetch>", "its entity has no name"),
        ("<entity name='msdyn_sessionevent'/>", "its root is not `fetch`"),
        ("<fetch><entity name='msdyn_sessionevent'>", "not one `fetch` with one `entity`"),
        ("<fetch></entity></fetch>", "it is not XML"),
        ("", "not one `fetch` with one `entity`"),
    ] {
        let reason = refusal(&Name::fetch_xml(bad));
        assert!(reason.contains(why), "{reason}");
    }
}

#[test]
fn aggregate() {
    let message = SessionEvent::aggregate()
        .filter(SessionEvent::NAME.ne("a & b"))
        .group_by(SessionEvent::EVENT_TYPE)
        .group_by(SessionEvent::SESSION.to(OcSession::SUBJECT))
        .count("events")
        .sum(SessionEvent::IMPORT_SEQUENCE_NUMBER, "total")
        .average(SessionEvent::IMPORT_SEQUENCE_NUMBER, "mean")
        .min(SessionEvent::CREATED_ON, "first")
        .max(SessionEvent::CREATED_ON, "last")
        .count_distinct(SessionEvent::SESSION, "sessions");
    let apply = "filter(msdyn_name ne 'a & b')/groupby((msdyn_eventtype,msdyn_omnichannelsession/subject),\
                 aggregate($count as events,importsequencenumber with sum as total,\
                 importsequencenumber with average as mean,createdon with min as first,createdon with max as last,\
                 _msdyn_omnichannelsession_value with countdistinct as sessions))";
    let sent = request(&message);
    let sent = sent.strip_prefix("GET msdyn_sessionevents?$apply=").unwrap();
    assert_eq!(percent_encoding::percent_decode_str(sent).decode_utf8().unwrap(), apply);
    assert!(!sent.contains(['&', ' ', '\'', '$', '+', ',']), "{sent}");
    assert_eq!(
        request(&SessionEvent::aggregate().count("n")),
        "GET msdyn_sessionevents?$apply=aggregate(%24count%20as%20n)"
    );
    assert!(refusal(&SessionEvent::aggregate()).contains("neither groups nor computes"));
    assert!(refusal(&SessionEvent::aggregate().count("a b")).contains("\"a b\" cannot be an alias"));
    assert!(
        refusal(&SessionEvent::aggregate().count("a").count("a")).contains("the alias `a` is used twice")
    );
    let by_date = SessionEvent::aggregate().group_by(SessionEvent::CREATED_ON);
    assert!(refusal(&by_date).contains("createdon: Dataverse does not group by dates"));
}

#[test]
fn functions() {
    let call = Function::<serde_json::Value>::of_record(event(), "new_Check")
        .parameter("Text", "it's")
        .parameter("Number", 7i64)
        .parameter("Flag", true)
        .parameter("When", "2024-01-01T10:00:00Z".parse::<Timestamp>().unwrap())
        .parameter("Session", Parameter::record(session()))
        .parameter("Rights", Parameter::member("AccessRights", "ReadAccess,WriteAccess"))
        .parameter("Names", Parameter::json(&["a", "b"]))
        .parameter("Nothing", Parameter::null());
    let sent = request(&call);
    let (path, query) = sent.split_once('?').unwrap();
    assert_eq!(
        path,
        format!(
            "GET msdyn_sessionevents({G1})/Microsoft.Dynamics.CRM.new_Check(Text=@p1,Number=@p2,Flag=@p3,When=@p4,\
             Session=@p5,Rights=@p6,Names=@p7,Nothing=@p8)"
        )
    );
    let values: Vec<String> = query
        .split('&')
        .map(|each| percent_encoding::percent_decode_str(each).decode_utf8().unwrap().into_owned())
        .collect();
    assert_eq!(
        values,
        [
            "@p1='it''s'".to_owned(),
            "@p2=7".to_owned(),
            "@p3=true".to_owned(),
            "@p4=2024-01-01T10:00:00Z".to_owned(),
            format!("@p5={{\"@odata.id\":\"msdyn_ocsessions({G2})\"}}"),
            "@p6=Microsoft.Dynamics.CRM.AccessRights'ReadAccess,WriteAccess'".to_owned(),
            "@p7=[\"a\",\"b\"]".to_owned(),
            "@p8=null".to_owned(),
        ]
    );
    let of_table = Function::<serde_json::Value>::of_table::<SessionEvent>("Microsoft.Dynamics.CRM.new_All");
    assert_eq!(request(&of_table), "GET msdyn_sessionevents/Microsoft.Dynamics.CRM.new_All()");
    for bad in ["", "a b", "a(b)", "a/b", "a?b", "ä"] {
        assert!(refusal(&Function::<()>::unbound(bad)).contains("is not the name of an action"), "{bad}");
        assert!(
            refusal(&Function::<()>::unbound("F").parameter(bad, 1)).contains("is not the name"),
            "{bad}"
        );
        assert!(refusal(&Action::<()>::unbound("A").parameter(bad, 1)).contains("is not the name"), "{bad}");
    }
    let member = Function::<()>::unbound("F").parameter("P", Parameter::member("A", "x' or 1 eq 1 or 'x"));
    assert!(refusal(&member).contains("are not the names of an enum and its members"));
}

#[test]
fn actions() {
    let call = Action::<()>::unbound("new_Merge").record("Target", event()).parameter("Names", ["a", "b"]);
    assert_eq!(
        request(&call),
        format!(
            "POST new_Merge\ncontent-type: application/json\n\n\
             {{\"Target\":{{\"@odata.type\":\"Microsoft.Dynamics.CRM.msdyn_sessionevent\",\
             \"msdyn_sessioneventid\":\"{G1}\"}},\"Names\":[\"a\",\"b\"]}}"
        )
    );
    assert_eq!(
        request(&Action::<()>::of_record(event(), "new_Do")),
        format!(
            "POST msdyn_sessionevents({G1})/Microsoft.Dynamics.CRM.new_Do\ncontent-type: application/json\n\n{{}}"
        )
    );
}

#[test]
fn options() {
    let id = Uuid::parse_str(G2).unwrap();
    let options = RequestOptions::new()
        .impersonate_user(user())
        .impersonate_object_id(id)
        .bypass_custom_plugins(true)
        .bypass_business_logic(BypassLogic::All)
        .suppress_flows(true)
        .detect_duplicates(true)
        .strong_consistency(true)
        .solution("contoso")
        .merge_labels(true)
        .session_token("1:2#3")
        .annotations(Annotations::named(["OData.Community.Display.V1.*", "Microsoft.Dynamics.CRM.*"]))
        .page_size(50)
        .partition_id("p 1")
        .tag("nightly import & more");
    assert_eq!(
        request(&Name::query().with(options)),
        format!(
            "GET msdyn_sessionevents?$select=msdyn_name&partitionId=p%201&tag=nightly%20import%20%26%20more\n\
             callerobjectid: {G2}\nconsistency: Strong\n\
             mscrm.bypassbusinesslogicexecution: CustomSync,CustomAsync\nmscrm.bypasscustompluginexecution: true\n\
             mscrm.mergelabels: true\nmscrm.sessiontoken: 1:2#3\nmscrm.solutionuniquename: contoso\n\
             mscrm.suppresscallbackregistrationexpanderjob: true\nmscrm.suppressduplicatedetection: false\n\
             prefer: odata.maxpagesize=50,odata.include-annotations=\"OData.Community.Display.V1.*,Microsoft.Dynamics.CRM.*\""
        )
    );
    let create = SessionEvent::create().name("d").with(RequestOptions::new().detect_duplicates(true));
    assert!(request(&create).contains("\nmscrm.suppressduplicatedetection: false\n"));
}

#[test]
fn a_messages_own_preferences_win_over_options() {
    let options = RequestOptions::new().page_size(50).annotations(Annotations::all());
    assert_eq!(
        request(&Name::query().page_size(10).with(options.clone())),
        "GET msdyn_sessionevents?$select=msdyn_name\nprefer: odata.maxpagesize=10,odata.include-annotations=\"*\""
    );
    let create = SessionEvent::create().returning::<Name>().with(options);
    assert!(request(&create).contains("prefer: return=representation,odata.maxpagesize=50,"));
}

#[test]
fn options_with_invalid_or_reserved_headers_are_refused() {
    let refused = |options: RequestOptions| refusal(&Name::query().with(options));
    assert!(
        refused(RequestOptions::new().solution("a\r\nX-Evil: 1"))
            .contains("cannot hold \"a\\r\\nX-Evil: 1\"")
    );
    assert!(
        refused(RequestOptions::new().annotations(Annotations::named(["a\",return=minimal"])))
            .contains("annotation")
    );
    for reserved in ["authorization", "if-match", "if-none-match", "prefer", "content-type", "host"] {
        let name = http::HeaderName::from_static(reserved);
        assert!(
            refused(RequestOptions::new().header(name, "x")).contains("is set by the message itself"),
            "{reserved}"
        );
    }
}

#[test]
fn next_links_are_followed_byte_for_byte_with_the_same_headers() {
    let link = "https://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents?$select=msdyn_name,createdon\
                &$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%2520page%253d%25221%2522%253e%22%20/%3E";
    let page = format!("{{\"value\":[],\"@odata.nextLink\":{}}}", serde_json::Value::from(link));
    let options = RequestOptions::new().impersonate_object_id(Uuid::nil()).tag("t");
    let query = Name::query().page_size(10).annotations(Annotations::all()).count(true).with(options);
    let answer = exchange::response(200, &[], page);
    let page = query.response(answer).unwrap();
    use dataverse_entity::message::Paged;
    let next = query.next_page(&page).unwrap();
    let sent = next.request(&org()).unwrap();
    assert_eq!(sent.uri().to_string(), link);
    assert_eq!(sent.headers()["prefer"], "odata.maxpagesize=10,odata.include-annotations=\"*\"");
    assert_eq!(sent.headers()["callerobjectid"], Uuid::nil().to_string());
    let last = next.response(exchange::response(200, &[], "{\"value\":[]}")).unwrap();
    assert!(next.next_page(&last).is_none());
}

#[test]
fn links_to_another_host_are_not_followed() {
    for link in [
        "https://evil.example/api/data/v9.2/msdyn_sessionevents",
        "http://example.crm.dynamics.com/api/data/v9.2/msdyn_sessionevents",
        "https://example.crm.dynamics.com:8443/api",
        "https://example.crm.dynamics.com.evil.example/",
        "https://example.crm.dynamics.com@evil.example/",
    ] {
        let reason = refusal(&Name::changes_since(link));
        assert!(
            reason.contains("it is not followed, because that would send the token there"),
            "{link}: {reason}"
        );
    }
    // A program may have stored an empty link.
    assert!(refusal(&Name::changes_since(" ")).contains("the link is empty"));
    // The same host in another spelling.
    for link in
        ["https://EXAMPLE.crm.dynamics.com/x?y", "https://example.crm.dynamics.com:443/x?y", "/x?y", "x?y"]
    {
        let sent = Name::changes_since(link).request(&org()).unwrap();
        assert!(sent.uri().to_string().ends_with("/x?y"), "{link}: {}", sent.uri());
    }
}

#[test]
fn fetch_xml_sends_its_cookie_with_the_next_page() {
    use dataverse_entity::message::Paged;
    let message = Name::fetch_xml("<fetch count=\"2\"><entity name=\"msdyn_sessionevent\"/></fetch>");
    // As the documentation prints it: an element whose cookie is percent-encoded twice.
    let cookie = "<cookie pagenumber=\"2\" pagingcookie=\"%253ccookie%2520page%253d%25221%2522%253e%253cmsdyn_name%2520last%253d%2522a%2526amp%253bb%2522%2520%252f%253e%253c%252fcookie%253e\" istracking=\"False\" />";
    let page = serde_json::json!({
        "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie": cookie,
        "@Microsoft.Dynamics.CRM.morerecords": true,
        "value": [{ "msdyn_name": "a&b" }],
    });
    let page = message.response(exchange::response(200, &[], page.to_string())).unwrap();
    let next = message.next_page(&page).unwrap();
    let sent = next.request(&org()).unwrap();
    let query = sent.uri().query().unwrap().strip_prefix("fetchXml=").unwrap();
    assert_eq!(
        percent_encoding::percent_decode_str(query).decode_utf8().unwrap(),
        "<fetch count=\"2\" page=\"2\" paging-cookie=\"&lt;cookie page=&quot;1&quot;&gt;&lt;msdyn_name last=&quot;a&amp;amp;b&quot; \
         /&gt;&lt;/cookie&gt;\"><entity name=\"msdyn_sessionevent\"/></fetch>"
    );
    let last = serde_json::json!({
        "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie": cookie,
        "@Microsoft.Dynamics.CRM.morerecords": false,
        "value": [{ "msdyn_name": "z" }],
    });
    let last = message.response(exchange::response(200, &[], last.to_string())).unwrap();
    assert!(message.next_page(&last).is_none());
}

#[test]
fn the_address_of_an_organization() {
    use dataverse_entity::message::Organization;
    let root = |url: &str| Organization::new(url).unwrap().root_url().to_owned();
    assert_eq!(root("https://contoso.crm4.dynamics.com"), "https://contoso.crm4.dynamics.com/api/data/v9.2/");
    assert_eq!(
        root("https://contoso.crm4.dynamics.com/"),
        "https://contoso.crm4.dynamics.com/api/data/v9.2/"
    );
    assert_eq!(root("https://crm.contoso.com:444/org"), "https://crm.contoso.com:444/org/api/data/v9.2/");
    assert_eq!(
        root("https://contoso.crm.dynamics.com/api/data/v9.1/"),
        "https://contoso.crm.dynamics.com/api/data/v9.1/"
    );
    for local in ["http://localhost:5000", "http://127.0.0.1", "http://[::1]:80", "http://127.9.9.9"] {
        assert!(Organization::new(local).is_ok(), "{local}");
    }
    for (bad, why) in [
        ("http://contoso.crm.dynamics.com", "whoever is on the way could read the token"),
        ("http://localhost.evil.example", "whoever is on the way could read the token"),
        ("ftp://contoso", "neither `https` nor `http`"),
        ("contoso.crm.dynamics.com", "it has no scheme; write `https://contoso.crm.dynamics.com`"),
        ("https://user:secret@contoso.crm.dynamics.com", "it holds a user name"),
        ("https://contoso.crm.dynamics.com/?a=b", "a query or a fragment"),
        ("https://contoso.crm.dynamics.com/#a", "a query or a fragment"),
        ("https://contoso.crm.dynamics.com/api/data/v9.2/accounts", "continues after the version"),
        ("https://", "is not the address of an organization"),
        ("", "is not the address of an organization"),
    ] {
        let reason = Organization::new(bad).unwrap_err().to_string();
        assert!(reason.contains(why), "{bad}: {reason}");
    }
    // The error does not repeat a name and a password.
    for with_user in
        ["https://user:secret@contoso.crm.dynamics.com/x", "user:secret@contoso", "http://user:secret@c"]
    {
        let reason = Organization::new(with_user).unwrap_err().to_string();
        assert!(!reason.contains("secret") && reason.contains("…@c"), "{reason}");
    }
    assert!(Organization::without_tls("http://crm.contoso.local").is_ok());
    let older = Organization::new("https://contoso.crm.dynamics.com").unwrap().api_version("v9.1").unwrap();
    assert_eq!(older.root_url(), "https://contoso.crm.dynamics.com/api/data/v9.1/");
    assert!(Organization::new("https://c").unwrap().api_version("9.2/../..").is_err());
}

#[test]
fn only_user_owned_tables_and_their_messages_exist_for_every_table_of_the_library() {
    // Messages that every table has.
    assert_eq!(request(&BusinessUnit::count()), "GET businessunits/$count");
    assert_eq!(request(&SystemUser::delete(user())), format!("DELETE systemusers({G2})"));
}
