//! Option sets: integers, labels, unknown values, state and status.

use std::collections::HashSet;

use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::{State as EventState, StatusReason};
use dataverse_entity::tables::{EventInfo, EventReason, EventType};

use crate::support::table::{Color, Reason, Size, State};

#[test]
fn an_option_converts_from_and_to_its_integer_and_label() {
    assert_eq!(i32::from(Color::Green), 2);
    assert_eq!(Color::from(2), Color::Green);
    assert_eq!(Color::from(-3), Color::Blue);
    assert_eq!(Color::Green.label(), Some("Dark green"));
    assert_eq!(Color::from_label("Dark green"), Some(Color::Green));
    assert_eq!(Color::from_label("dark green"), None);
    assert_eq!("Red".parse::<Color>(), Ok(Color::Red));
    let error = "Pink".parse::<Color>().expect_err("no such label");
    assert_eq!(error.to_string(), "`Color` has no option labelled \"Pink\"");
    assert_eq!(format!("{}|{:>12}|{}", Color::Red, Color::Green, Color::Unknown(7)), "Red|  Dark green|7");
    assert_eq!(Color::ALL, [Color::Red, Color::Green, Color::Blue]);
}

#[test]
fn an_unknown_value_is_kept() {
    for value in [i32::MIN, -1, 0, 3, i32::MAX] {
        assert_eq!(Color::from(value), Color::Unknown(value));
        assert_eq!(i32::from(Color::Unknown(value)), value);
    }
    assert_eq!((Color::Unknown(7).label(), Color::Unknown(7).metadata()), (None, None));
}

/// Integers are the only stable key of options: an older program keeps a newer option as unknown, and a newer
/// program knows its name.
#[test]
fn options_are_compared_by_their_integers() {
    let green = Color::Unknown(2);
    assert_eq!(green, Color::Green);
    assert_eq!(HashSet::from([green, Color::Green, Color::Red]).len(), 2);
    let mut colors = [Color::Unknown(7), Color::Green, Color::Blue, Color::Unknown(-9), Color::Red];
    colors.sort();
    assert_eq!(colors.map(i32::from), [-9, -3, 1, 2, 7]);
    assert!(matches!(Color::from(2), Color::Green));
}

#[test]
fn a_strict_set_refuses_unknown_values_and_names_them() {
    assert_eq!(Size::try_from(200), Ok(Size::Large));
    let error = Size::try_from(300).expect_err("no such option");
    assert_eq!(error.to_string(), "expected one of the 2 options of `Size` (100, 200), found 300");
    assert_eq!(error.value(), 300);
    let many = serde_json::from_str::<Size>("7").expect_err("no such option");
    assert_eq!(many.to_string(), "expected one of the 2 options of `Size` (100, 200), found 7");
}

#[test]
fn serde_reads_and_writes_the_integer() {
    assert_eq!(serde_json::to_string(&[Color::Red, Color::Unknown(-9)]).expect("JSON"), "[1,-9]");
    assert_eq!(
        serde_json::from_str::<Vec<Color>>("[1, -9]").expect("options"),
        [Color::Red, Color::Unknown(-9)]
    );
    for (json, problem) in [
        ("\"1\"", "invalid type: string \"1\", expected the 32-bit integer of an option"),
        ("2147483648", "invalid value: integer `2147483648`, expected the 32-bit integer of an option"),
        ("1.5", "invalid type: floating point `1.5`, expected the 32-bit integer of an option"),
    ] {
        let error = serde_json::from_str::<Color>(json).expect_err(json);
        assert!(error.to_string().starts_with(problem), "{error}");
    }
}

#[test]
fn a_status_has_its_state_and_a_state_its_default_status() {
    assert_eq!(State::Open.default_status(), Some(Reason::Open));
    assert_eq!(State::Done.default_status(), Some(Reason::Done));
    assert_eq!(Reason::Waiting.state(), Some(State::Open));
    assert_eq!(Reason::Unknown(9).state(), None);
    assert_eq!(State::Done.metadata().and_then(|option| option.invariant_name), Some("Done"));
    for state in EventState::ALL {
        let status = state.default_status().expect("a status");
        assert_eq!(status.state(), Some(*state));
    }
    assert_eq!(StatusReason::Inactive.state(), Some(EventState::Inactive));
}

#[test]
fn a_multi_select_is_one_string() {
    let mut set = MultiSelect::from([Color::Green, Color::Red, Color::Green]);
    assert_eq!((set.len(), set.to_string().as_str()), (2, "1,2"));
    assert!(set.insert(Color::Unknown(0)) && !set.insert(Color::Red) && set.contains(Color::Unknown(0)));
    assert!(set.remove(Color::Red) && !set.remove(Color::Red));
    assert_eq!(set.iter().collect::<Vec<_>>(), [Color::Unknown(0), Color::Green]);
    assert_eq!(serde_json::to_string(&set).expect("JSON"), "\"0,2\"");
    assert_eq!(serde_json::from_str::<MultiSelect<Color>>("\" 2 , 0\"").expect("options"), set);
    assert!(serde_json::from_str::<MultiSelect<Color>>("null").expect("no options").is_empty());
    assert_eq!(serde_json::to_string(&MultiSelect::<Color>::new()).expect("JSON"), "null");
    let strict = serde_json::from_str::<MultiSelect<Size>>("\"100,5\"").expect_err("no such option");
    assert_eq!(strict.to_string(), "expected one of the 2 options of `Size` (100, 200), found \"100,5\"");
}

/// The numbers of options are those of the reference page.
#[test]
fn the_sets_of_the_session_event_are_complete() {
    fn check<E: OptionSet + Eq + std::hash::Hash + std::fmt::Debug + std::fmt::Display + From<i32>>(
        count: usize,
    ) {
        assert_eq!((E::ALL.len(), E::OPTIONS.len()), (count, count));
        let values: HashSet<i32> = E::ALL.iter().map(|option| option.value()).collect();
        assert_eq!(values.len(), count);
        for option in E::ALL {
            assert_eq!(E::from(option.value()), *option);
            assert_eq!(E::from_label(&option.to_string()), Some(*option));
        }
    }
    check::<EventInfo>(1);
    check::<EventReason>(43);
    check::<EventType>(31);
    check::<EventState>(2);
    check::<StatusReason>(2);
}
