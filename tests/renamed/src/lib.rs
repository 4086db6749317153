//! Tables of a crate whose dependency on the library is renamed to `dv`.

#![deny(missing_docs)]

pub mod docs;

use dv::prelude::*;

/// A table.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(crate = "::dv", logical = "new_thing", set = "new_things")]
pub struct Thing {
    /// The key.
    #[attr(logical = "new_thingid", primary_id)]
    pub id: Id<Thing>,
    /// A choice.
    #[attr(logical = "new_color", picklist)]
    pub color: Option<Color>,
    /// A lookup.
    #[attr(logical = "new_other", lookup, nav(Thing = "new_other_thing"))]
    pub other: Option<Lookup<Target>>,
}

/// A projection.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(crate = "::dv", of = Thing)]
pub struct Narrow {
    /// A choice.
    #[attr(logical = "new_color")]
    pub color: Option<Color>,
}

/// A choice.
#[derive(Debug, Clone, Copy, OptionSet)]
#[option(crate = "::dv")]
#[repr(i32)]
pub enum Color {
    /// Red.
    Red = 1,
}

/// The targets of a lookup.
#[derive(Debug, Clone, PartialEq, LookupTarget)]
#[target(crate = "::dv")]
pub enum Target {
    /// A thing.
    Thing(Id<Thing>),
}

/// A module that uses the library by another path.
pub mod inner {
    pub use dv as library;

    use dv::prelude::*;

    /// A table.
    #[derive(Debug, Clone, PartialEq, DataverseEntity)]
    #[entity(crate = "crate::inner::library", logical = "new_inner", set = "new_inners")]
    pub struct Inner {
        /// The key.
        #[attr(logical = "new_innerid", primary_id)]
        pub id: Id<Inner>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_library_works() {
        let json = r#"{"new_thingid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "new_color": 1}"#;
        let thing = Record::<Thing>::from_json(json).expect("a record");
        assert_eq!(thing.color, Some(Color::Red));
        assert_eq!(Record::<Narrow>::from_json(json).expect("a record").color, Some(Color::Red));
        let update = Thing::update(thing.id).other(thing.id).color(Color::Red);
        assert_eq!(
            update.to_json().expect("a body"),
            r#"{"new_color":1,"new_other_thing@odata.bind":"/new_things(6f9619ff-8b86-d011-b42d-00cf4fc964ff)"}"#
        );
        assert_eq!(inner::Inner::METADATA.logical_name, "new_inner");
    }
}
