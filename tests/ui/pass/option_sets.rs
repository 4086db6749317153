//! Option sets of every shape.

use dataverse_entity::prelude::*;

const BASE: i32 = 192_350_000;

/// Integers that are expressions.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Computed {
    First = BASE,
    Second = BASE + 1,
    Hexadecimal = 0xff,
    Least = i32::MIN,
    Greatest = i32::MAX,
}

/// The variant for undeclared options is in the middle, with an integer of its own.
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
#[non_exhaustive]
pub enum Middle {
    /// Has a documentation comment.
    One = 1,
    #[option(unknown)]
    Rest(i32) = -1,
    #[deprecated = "no longer used"]
    Two = 2,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Only {
    #[option(label = "Ünïcode “label”")]
    One = 0,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(C, i32)]
enum AlsoC {
    One = 1,
    #[option(unknown)]
    Other(i32),
}

/// With a default.
#[derive(Debug, Clone, Copy, Default, OptionSet)]
#[repr(i32)]
enum WithDefault {
    #[default]
    One = 1,
}

fn main() {
    assert_eq!(Computed::try_from(BASE + 1), Ok(Computed::Second));
    assert_eq!(Computed::from_value(i32::MIN), Ok(Computed::Least));
    assert!(Computed::try_from(5).is_err());
    assert_eq!(Middle::from(7), Middle::Rest(7));
    assert_eq!(Middle::from(2).value(), 2);
    assert_eq!(i32::from(Middle::Rest(7)), 7);
    assert_eq!("Ünïcode “label”".parse(), Ok(Only::One));
    assert_eq!(AlsoC::from(9).to_string(), "9");
    assert_eq!(serde_json::to_string(&WithDefault::default()).unwrap(), "1");
    assert_eq!(serde_json::from_str::<Computed>("255").unwrap(), Computed::Hexadecimal);
}
