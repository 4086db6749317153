use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

// The projection has one mistake. The compiler reports none for its uses.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Brief {
    #[attr(logical = "msdyn_name", read_only)]
    name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = SessionEvent)]
struct Outer {
    #[attr(logical = "msdyn_name")]
    name: Option<String>,
    #[expand(nav = "new_Following")]
    following: Vec<Brief>,
}

fn everywhere() -> Option<()> {
    let record = Record::<Brief>::from_json("{}").ok()?;
    let page = Page::<Brief>::from_json("{}").ok()?;
    let outer = Record::<Outer>::from_json("{}").ok()?;
    let _: (&Option<String>, &Option<String>) = (&record.name, &outer.following.first()?.name);
    let _: (usize, String, Option<String>) = (page.records.len(), Brief::select_clause(), Brief::expand_clause());
    Some(())
}

fn main() {}
