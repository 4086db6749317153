//! Aliases hide the `Lookup` and the type, so the kind is written. (An alias may not hide the `Option`.)

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};

type Text = String;
type User = Lookup<SystemUser>;
type Owner = Lookup<Principal>;
type Number = i32;
type When = Timestamp;
type Choice = Kind;
type Kinds = MultiSelect<Kind>;
type ThingId = Id<Thing>;
type Users = Option<Box<SystemUser>>;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct Thing {
    #[attr(logical = "new_thingid", uniqueidentifier, primary_id)]
    id: ThingId,
    #[attr(logical = "new_maybe_text", string(max_length = 5))]
    maybe_text: Option<Text>,
    #[attr(logical = "new_text", string)]
    text: Option<Text>,
    #[attr(logical = "new_required_text", string, required = "system")]
    required_text: Text,
    #[attr(logical = "new_generic", string)]
    generic: std::option::Option<Text>,
    #[attr(logical = "new_number", integer)]
    number: Option<Number>,
    #[attr(logical = "new_when", datetime(behavior = "user_local"))]
    when: Option<When>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<Choice>,
    #[attr(logical = "new_kinds", multiselect)]
    kinds: Option<Kinds>,
    #[attr(logical = "new_user", lookup, nav = "new_User")]
    user: Option<User>,
    #[attr(logical = "new_maybe_user", lookup, nav = "new_MaybeUser")]
    maybe_user: Option<User>,
    #[attr(
        logical = "new_principal",
        lookup,
        nav(SystemUser = "new_Principal_user", Team = "new_Principal_team")
    )]
    principal: Option<Owner>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Owner>,
    #[expand(nav = "new_User")]
    expanded: Users,
}

fn main() {
    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    let user = Id::<SystemUser>::new(dataverse_entity::Uuid::nil());
    let create =
        Thing::create().maybe_text("a").text("b").required_text("c").generic("d").number(1).kind(Kind::One);
    let create = create.user(user).maybe_user(user).principal(user).owner(user);
    assert_eq!(create.validate(), Ok(()));
    assert!(create.to_json().unwrap().contains(r#""new_Principal_user@odata.bind""#));
    let update = Thing::update(id).clear_maybe_text().clear_when().clear_maybe_user().required_text("e");
    assert!(update.to_json().unwrap().contains(r#""new_required_text":"e""#));
    let json =
        format!(r#"{{"new_thingid": "{id}", "new_required_text": "x", "_new_maybe_user_value": "{id}"}}"#);
    let thing = Record::<Thing>::from_json(&json).unwrap();
    assert_eq!(thing.maybe_user.as_ref().map(Lookup::id), Some(user));
    assert_eq!(Thing::changes(&thing, &thing).unwrap().to_json().unwrap(), "{}");
}
