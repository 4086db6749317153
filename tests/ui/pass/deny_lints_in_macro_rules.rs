//! The lints of `deny_lints`, with every token from a macro of the user.
#![deny(
    warnings,
    dead_code,
    missing_docs,
    missing_debug_implementations,
    unused,
    unused_qualifications,
    unreachable_pub,
    nonstandard_style,
    elided_lifetimes_in_paths,
    trivial_casts,
    let_underscore_drop,
    clippy::all,
    clippy::pedantic
)]

use dataverse_entity::prelude::*;

macro_rules! declare {
    ($name:ident, $kind:ident, $target:ident, $brief:ident, $id:ident, $text:ty, $($field:ident: $ty:ty = $logical:literal),*) => {
        #[derive(Debug, Clone, Copy, OptionSet)]
        #[repr(i32)]
        enum $kind {
            One = 1,
            #[option(unknown)]
            Unknown(i32),
        }

        #[derive(Debug, Clone, PartialEq, LookupTarget)]
        enum $target {
            This(Id<$name>),
            #[target(unknown)]
            Unknown(UnknownTarget),
        }

        #[derive(Debug, Clone, PartialEq, DataverseEntity)]
        #[entity(logical = "new_thing", set = "new_things")]
        struct $name {
            #[attr(logical = "new_thingid", primary_id)]
            $id: Id<$name>,
            #[attr(logical = "new_kind", picklist)]
            kind: Option<$kind>,
            #[attr(logical = "new_target", lookup, nav(This = "new_Target"))]
            target: Option<Lookup<$target>>,
            #[attr(logical = "new_text", string)]
            text: $text,
            $(#[attr(logical = $logical)] $field: $ty,)*
        }

        #[derive(Debug, Clone, PartialEq, DataverseEntity)]
        #[entity(of = $name)]
        struct $brief<'a> {
            $(#[attr(logical = $logical)] $field: $ty,)*
            #[attr(logical = "new_text")]
            text: Option<std::borrow::Cow<'a, str>>,
        }
    };
}

declare!(Thing, Kind, Target, Brief, id, Option<String>, name: Option<String> = "new_name", flag: Option<bool> = "new_flag");

fn main() {
    let json = r#"{"new_thingid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"#;
    let Thing { id, kind, target, text, name, flag } = Record::<Thing>::from_json(json).unwrap().into_inner();
    assert!(target.is_none() && text.is_none() && name.is_none() && flag.is_none());
    assert_ne!(kind, Some(Kind::One));
    assert!(Thing::update(id).is_empty());
    let Brief { name, flag, text } = Record::<Brief<'_>>::from_json(json).unwrap().into_inner();
    assert!(text.is_none() && name.is_none() && flag.is_none());
}
