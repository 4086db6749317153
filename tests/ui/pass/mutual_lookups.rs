//! Tables that point at each other and at themselves, and structs that expand themselves.

use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_egg", set = "new_eggs")]
struct Egg {
    #[attr(logical = "new_eggid", primary_id)]
    id: Id<Egg>,
    #[attr(logical = "new_hen", nav = "new_Hen")]
    hen: Option<Lookup<Hen>>,
    #[expand(nav = "new_Hen")]
    laid_by: Option<Box<Hen>>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_hen", set = "new_hens")]
struct Hen {
    #[attr(logical = "new_henid", primary_id)]
    id: Id<Hen>,
    #[attr(logical = "new_egg", nav = "new_Egg")]
    egg: Option<Lookup<Egg>>,
    #[attr(logical = "new_mother", nav = "new_Mother")]
    mother: Option<Lookup<Hen>>,
    #[attr(logical = "new_origin", nav(Egg = "new_Origin_egg", Hen = "new_Origin_hen"))]
    origin: Option<Lookup<Origin>>,
    #[expand(nav = "new_Mother")]
    mother_hen: Option<Box<Hen>>,
    #[expand(nav = "new_Daughters")]
    daughters: Vec<Hen>,
    #[expand(nav = "new_Eggs")]
    eggs: Expanded<Egg>,
    #[expand(nav = "new_Egg")]
    etagged: Option<Box<Record<Egg>>>,
}

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Origin {
    Egg(Id<Egg>),
    Hen(Id<Hen>),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = Hen)]
struct Line {
    #[attr(logical = "new_henid")]
    id: Id<Hen>,
    #[expand(nav = "new_Mother")]
    mother: Option<Box<Line>>,
}

fn main() {
    let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
    let json = format!(r#"{{"new_henid": "{id}", "new_Mother": {{"new_henid": "{id}"}}}}"#);
    let line = Record::<Line>::from_json(&json).unwrap();
    assert_eq!(line.mother.as_ref().map(|mother| mother.id), Some(line.id));
    assert_eq!(Line::expand_clause().unwrap(), "new_Mother($select=new_henid)");
    let hen = Record::<Hen>::from_json(&json).unwrap();
    assert!(hen.daughters.is_empty() && hen.eggs.records.is_empty());
    assert!(Egg::expand_clause().unwrap().starts_with("new_Hen($select=new_henid,"));
    let egg = Id::<Egg>::new(hen.id.uuid());
    assert!(Hen::create().egg(egg).mother(hen.id).origin(egg).to_json().unwrap().contains("/new_hens("));
}
