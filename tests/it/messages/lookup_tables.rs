//! A struct that reads a polymorphic lookup asks for its table by itself, in every message that reads, unless
//! the caller says otherwise. The annotation and its name are those of Microsoft's page
//! `webapi/query/overview` ("lookup property data"); `$expand`ed records carry it too.

use bytes::Bytes;
use dataverse_entity::message::{Annotations, Batch, Message, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};
use dataverse_entity::{PageInfo, message::Paged};
use http::Request;

use crate::support::exchange::org;
use crate::support::table::{ID, Party, Thing};

const TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";
const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
const LINK: &str = "https://example.crm.dynamics.com/api/data/v9.2/new_things?$skiptoken=x";

/// One table, and others that are not in the program.
#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum OneOrOther {
    User(Id<SystemUser>),
    #[target(unknown)]
    Other(UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_item", set = "new_items", ownership = "user")]
struct Item {
    #[attr(logical = "new_itemid", primary_id)]
    id: Id<Item>,
    #[attr(logical = "new_thing", lookup, nav = "new_Thing")]
    thing: Option<Lookup<Thing>>,
    #[attr(logical = "new_any", lookup, nav(User = "new_any_systemuser"))]
    any: Option<Lookup<OneOrOther>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<SystemUser>>,
    #[attr(logical = "owneridtype", entity_name, read_only, type_of = "ownerid")]
    owner_type: Option<String>,
    #[expand(nav = "new_Thing")]
    expanded: Option<Box<Own>>,
}

macro_rules! projections {
    ($($name:ident of $table:ident { $($body:tt)* })+) => {$(
        #[derive(Debug, Clone, PartialEq, DataverseEntity)]
        #[entity(of = $table)]
        struct $name { $($body)* }
    )+};
}

projections! {
    Own of Thing { #[attr(logical = "ownerid")] owner: Option<Lookup<Party>> }
    Customer of Thing { #[attr(logical = "new_party")] party: Option<Lookup<Party>> }
    Typed of Thing { #[attr(logical = "owneridtype")] owner_type: Option<String> }
    Single of Thing { #[attr(logical = "new_parent")] parent: Option<Lookup<Thing>> }
    Plain of Thing { #[attr(logical = "new_name")] name: Option<String> }
    OneOwner of Item { #[attr(logical = "ownerid")] owner: Option<Lookup<SystemUser>> }
    Open of Item { #[attr(logical = "new_any")] any: Option<Lookup<OneOrOther>> }
    Inside of Item { #[expand(nav = "new_Thing")] thing: Option<Box<Own>> }
    PlainInside of Item { #[expand(nav = "new_Thing")] thing: Option<Box<Plain>> }
}

/// Returns the names in `odata.include-annotations`, sorted.
fn asked(request: &Request<Bytes>) -> Vec<String> {
    let prefer = request.headers().get("prefer").map(|value| value.to_str().unwrap()).unwrap_or_default();
    let Some((_, rest)) = prefer.split_once("odata.include-annotations=\"") else { return Vec::new() };
    assert!(!rest.contains("include-annotations"), "{prefer}");
    let mut names: Vec<_> = rest.split('"').next().unwrap().split(',').map(str::to_owned).collect();
    names.sort();
    names
}

/// Returns the annotations that every message that reads `P` asks for, with these options.
fn reads<P>(wish: Option<Annotations>) -> Vec<(&'static str, Vec<String>)>
where
    P: OwnedProjection + Send + Sync + 'static,
{
    fn each<M: Message>(message: M, wish: Option<&Annotations>) -> Vec<String> {
        match wish {
            None => asked(&message.request(&org()).unwrap()),
            Some(wish) => {
                asked(&message.with(RequestOptions::new().annotations(wish.clone())).request(&org()).unwrap())
            }
        }
    }
    let wish = wish.as_ref();
    let id: Id<P::Table> = ID.parse().unwrap();
    let fetch = format!("<fetch><entity name='{}'/></fetch>", <P::Table as Entity>::METADATA.logical_name);
    let mut page: Page<P> = Page::from_json(r#"{"value":[]}"#).unwrap();
    page.info.next_link = Some(LINK.to_owned());
    vec![
        ("retrieve", each(P::retrieve(id), wish)),
        ("query", each(P::query(), wish)),
        ("next page", each(P::query().next_page(&page).unwrap(), wish)),
        ("fetch xml", each(P::fetch_xml(fetch), wish)),
        ("create", each(<P::Table as Entity>::create().returning::<P>(), wish)),
        ("update", each(<P::Table as Entity>::update(id).returning::<P>(), wish)),
        (
            "upsert",
            each(
                <P::Table as TableMessages>::upsert(id, <P::Table as Entity>::create()).returning::<P>(),
                wish,
            ),
        ),
    ]
}

/// FetchXML always asks for these annotations, because its paging needs them.
fn without_paging(names: &[String]) -> Vec<&str> {
    let paging = ["Microsoft.Dynamics.CRM.fetchxmlpagingcookie", "Microsoft.Dynamics.CRM.morerecords"];
    names.iter().map(String::as_str).filter(|name| !paging.contains(name)).collect()
}

fn expect<P: OwnedProjection + Send + Sync + 'static>(wish: Option<Annotations>, expected: &[&str]) {
    for (message, names) in reads::<P>(wish.clone()) {
        assert_eq!(without_paging(&names), expected, "{message} of {}, {wish:?}", std::any::type_name::<P>());
    }
}

#[test]
fn a_lookup_to_several_tables_is_asked_for_its_table_in_every_message() {
    expect::<Thing>(None, &[TABLE]);
    expect::<Item>(None, &[TABLE]);
    expect::<Own>(None, &[TABLE]);
    expect::<Record<Own>>(None, &[TABLE]);
    expect::<Customer>(None, &[TABLE]);
    expect::<Typed>(None, &[TABLE]);
    // An owner may be a team whatever the struct declares, and an enum with a variant for others takes any
    // table.
    expect::<OneOwner>(None, &[TABLE]);
    expect::<Open>(None, &[TABLE]);
    expect::<Inside>(None, &[TABLE]);
}

#[test]
fn a_lookup_to_one_table_is_not_asked_for_its_table() {
    expect::<Single>(None, &[]);
    expect::<Plain>(None, &[]);
    expect::<PlainInside>(None, &[]);
}

#[test]
fn options_ask_for_more_annotations_or_for_none() {
    expect::<Own>(Some(Annotations::none()), &[]);
    expect::<Own>(Some(Annotations::formatted_values()), &[TABLE, FORMATTED]);
    expect::<Own>(Some(Annotations::for_reading()), &[TABLE, FORMATTED]);
    expect::<Own>(Some(Annotations::named(["Microsoft.Dynamics.CRM.*"])), &["Microsoft.Dynamics.CRM.*"]);
    expect::<Plain>(Some(Annotations::none()), &[]);
    expect::<Plain>(Some(Annotations::formatted_values()), &[FORMATTED]);
    for (message, names) in reads::<Own>(Some(Annotations::all())) {
        assert!(names.contains(&"*".to_owned()) && names.len() == 1, "{message}: {names:?}");
    }
}

#[test]
fn annotations_of_a_message_win_over_its_options() {
    let options = RequestOptions::new().annotations(Annotations::all());
    let query = Own::query().annotations(Annotations::none()).with(options.clone());
    assert_eq!(asked(&query.request(&org()).unwrap()), Vec::<String>::new());
    let query = Own::query().annotations(Annotations::formatted_values()).with(options);
    assert_eq!(asked(&query.request(&org()).unwrap()), [TABLE, FORMATTED]);
}

#[test]
fn change_tracking_asks_for_the_table_on_every_page() {
    assert_eq!(asked(&Own::track_changes().request(&org()).unwrap()), [TABLE]);
    assert_eq!(asked(&Own::changes_since(LINK).request(&org()).unwrap()), [TABLE]);
    assert_eq!(asked(&Plain::track_changes().request(&org()).unwrap()), Vec::<String>::new());
}

#[test]
fn the_parts_of_a_batch_ask_for_the_table() {
    let mut batch = Batch::new();
    batch.add(Own::query());
    batch.add(Plain::query());
    let request = batch.request(&org()).unwrap();
    let body = String::from_utf8(request.body().to_vec()).unwrap().to_lowercase();
    let expected = format!("prefer: odata.include-annotations=\"{}\"", TABLE.to_lowercase());
    assert_eq!(body.matches(&expected).count(), 1, "{body}");
}

#[test]
fn the_emulator_answers_the_table_of_a_lookup() {
    let json = format!(r#"{{"value":[{{"_ownerid_value":"{ID}","_ownerid_value@{TABLE}":"team"}}]}}"#);
    let page: Page<Own> = Page::from_json(&json).unwrap();
    let _: &PageInfo = &page.info;
    let owner = page.records[0].owner.as_ref().unwrap();
    assert_eq!(owner.key(), Party::Team(ID.parse::<Id<Team>>().unwrap()));
}
