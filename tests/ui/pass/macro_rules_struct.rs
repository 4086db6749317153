//! All attributes come through `macro_rules!`, in the invisible groups that its fragments make.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};

macro_rules! table {
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident, $logical:literal, $set:literal, $ownership:expr;
        id $id:ident = $id_logical:literal;
        $($field_vis:vis $field:ident: $ty:ty = $column:literal $([$($arg:tt)+])?;)*
    ) => {
        $(#[$meta])*
        #[derive(DataverseEntity)]
        #[entity(logical = $logical, set = $set, ownership = $ownership)]
        $vis struct $name {
            #[attr(logical = $id_logical, primary_id)]
            $vis $id: Id<$name>,
            $(
                #[attr(logical = $column $(, $($arg)+)?)]
                $field_vis $field: $ty,
            )*
        }
    };
}

table! {
    /// A thing.
    #[derive(Debug, Clone, PartialEq)]
    pub Thing, "new_thing", "new_things", "user";
    id id = "new_thingid";
    pub name: Option<String> = "new_name" [string(max_length = 10), primary_name];
    pub(crate) count: Option<i32> = "new_count" [integer(min = -1, max = 10)];
    plain: bool = "new_flag";
    pub amount: Option<rust_decimal::Decimal> = "new_amount" [decimal(min = "-100000000000", precision = 2)];
    pub on: Option<Timestamp> = "new_on";
    pub agent: Option<Lookup<SystemUser>> = "new_agent" [nav = "new_Agent"];
    pub principal: Option<Lookup<Principal>> = "new_principal" [nav(SystemUser = "new_User", Team = "new_Team")];
    pub owner: Option<Lookup<Principal>> = "ownerid" [owner, nav = "ownerid", required = "system"];
    pub owner_name: Option<String> = "owneridname" [string, name_of = "ownerid", read_only];
}

macro_rules! projection {
    ($name:ident of $table:ty { $($field:ident: $ty:ty = $column:expr;)* $(>> $many:ident: $of:ty = $nav:literal;)* }) => {
        #[derive(Debug, Clone, PartialEq, DataverseEntity)]
        #[entity(of = $table)]
        struct $name {
            $(#[attr(logical = $column)] $field: $ty,)*
            $(#[expand(nav = $nav)] $many: $of,)*
        }
    };
}

projection! {
    Brief of Thing {
        name: Option<String> = "new_name";
        count: i32 = "new_count";
        >> agent: Option<Box<UserName>> = "new_Agent";
    }
}

projection! {
    UserName of SystemUser {
        name: Option<String> = "fullname";
    }
}

macro_rules! options {
    ($name:ident { $($(#[$meta:meta])* $variant:ident = $value:expr, $label:literal;)* }) => {
        #[derive(Debug, Clone, Copy, OptionSet)]
        #[repr(i32)]
        enum $name {
            $($(#[$meta])* #[option(label = $label)] $variant = $value,)*
            #[option(unknown)]
            Unknown(i32),
        }
    };
}

options! {
    Kind {
        One = 1, "The one";
        Two = 1 + 1, "The other";
        /// A third.
        Minus = -3, "Less than none";
    }
}

macro_rules! targets {
    ($name:ident { $($variant:ident: $table:ty),* }) => {
        #[derive(Debug, Clone, PartialEq, LookupTarget)]
        enum $name {
            $($variant(Id<$table>),)*
        }
    };
}

targets! { Target { Thing: Thing, User: SystemUser } }

fn main() {
    let id = Id::<Thing>::new(dataverse_entity::Uuid::nil());
    assert_eq!(
        Thing::create().name("a").plain(true).to_json().unwrap(),
        r#"{"new_name":"a","new_flag":true}"#
    );
    assert!(Thing::update(id).clear_name().count(11).validate().is_err());
    assert_eq!(Brief::select_clause(), "new_name,new_count");
    assert_eq!(Brief::expand_clause().unwrap(), "new_Agent($select=fullname)");
    assert_eq!(Kind::from(2), Kind::Two);
    assert_eq!(Kind::Minus.label(), Some("Less than none"));
    assert_eq!(Lookup::<Target>::new(id).table(), Some("new_thing"));
}
