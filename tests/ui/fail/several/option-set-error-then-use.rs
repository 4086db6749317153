use dataverse_entity::prelude::*;

// The option set has one mistake. The compiler reports none for the correct table that uses it.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
    #[option(lable = "First")]
    First = 2,
    #[option(unknown)]
    Other(i32),
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<Kind>,
    #[attr(logical = "new_kinds", multiselect)]
    kinds: Option<MultiSelect<Kind>>,
}

fn everywhere(id: Id<Thing>, text: &str) -> Option<()> {
    let _ = Thing::create().kind(Kind::First).kinds([Kind::One].into_iter().collect::<MultiSelect<_>>());
    let _ = Thing::update(id).kind(Kind::Other(7)).clear_kinds();
    let _: (i32, i32, String) = (Kind::One.value(), i32::from(Kind::First), Kind::One.to_string());
    let _: (Kind, Option<Kind>, Option<&str>) = (Kind::from(3), Kind::from_label(text), Kind::One.label());
    let _: Kind = text.parse().ok()?;
    let _: Kind = serde_json::from_str(text).ok()?;
    let _ = serde_json::to_string(&Kind::One).ok()?;
    let _ = Record::<Thing>::from_json(text).ok()?;
    Some(())
}

fn main() {}
