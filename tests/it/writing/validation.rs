//! Violations of a body before it is sent: all at once, each with its column.

use dataverse_entity::metadata::RequiredLevel;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::session_event::{State as EventState, StatusReason};
use dataverse_entity::tables::{SessionEvent, Team};
use dataverse_entity::{Rule, UnknownTarget, Violation};
use rust_decimal::Decimal;

use crate::support::table::{Color, ID, Party, Reason, State, Thing};

fn id<T>() -> Id<T> {
    ID.parse().expect("a GUID")
}

/// Returns the texts of all violations.
fn texts<D: Draft>(draft: &D) -> Vec<String> {
    draft.validate().err().into_iter().flatten().map(|violation| violation.to_string()).collect()
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

#[test]
fn all_violations_are_reported_at_once() {
    let wrong = Thing::create()
        .number(101)
        .ratio(1000.51)
        .exact(decimal("100000000000.00000000001"))
        .price(decimal("1.005"))
        .notes("x".repeat(51))
        .instant("1752-12-31T23:59:59Z".parse::<Timestamp>().expect("a timestamp"))
        .party(Party::Other(UnknownTarget::new(ID.parse().expect("a GUID"), Some("contact"))))
        .status(Reason::Done);
    assert_eq!(
        texts(&wrong),
        [
            "new_thing.new_name: a value is required by apps and forms (the Web API would take the record without it)",
            "new_thing.new_notes: the text is 51 UTF-16 units long, the maximum is 50",
            "new_thing.new_number: 101 is outside the range from -5 to 100",
            "new_thing.new_ratio: 1000.51 is outside the range from -1000.5 to 1000.5",
            "new_thing.new_exact: 100000000000.00000000001 is outside the range from -100000000000 to 100000000000",
            "new_thing.new_exact: 100000000000.00000000001 has more than 10 digits after the decimal point; the server would round it",
            "new_thing.new_price: 1.005 has more than 2 digits after the decimal point; the server would round it",
            "new_thing.new_instant: 1752-12-31T23:59:59Z is outside the range from 1753-01-01 to 9999-12-31",
            "new_thing.new_party: the lookup points to the table contact, which is not one of its declared targets",
            "new_thing.statuscode: the status 3 belongs to the state 1, but the record has the state 0",
        ]
    );
    let all = wrong.validate().expect_err("ten things are wrong");
    assert_eq!(all.for_column("new_exact").count(), 2);
    assert_eq!(all.to_string().matches("; new_thing.").count(), 9);
    let first: &Violation = all.iter().next().expect("one");
    assert_eq!((first.table(), first.column()), ("new_thing", "new_name"));
    assert_eq!(*first.rule(), Rule::Required(RequiredLevel::ApplicationRequired));
}

/// The limits `MinValue`, `MaxValue` and `Precision` of a definition are inclusive: a value at the limit is
/// valid, the next is not.
#[test]
fn a_value_at_a_limit_is_valid_and_the_next_is_not() {
    for (number, is_right) in [(-6, false), (-5, true), (100, true), (101, false)] {
        assert_eq!(texts(&Thing::create().name("n").number(number)).is_empty(), is_right, "{number}");
    }
    for (ratio, is_right) in [
        (-1000.501, false),
        (-1000.5, true),
        (1000.5, true),
        (1000.501, false),
        (0.125, true),
        (0.0625, false),
    ] {
        assert_eq!(texts(&Thing::create().name("n").ratio(ratio)).is_empty(), is_right, "{ratio}");
    }
    for (exact, is_right) in [
        ("-100000000000.0000000001", false),
        ("-100000000000", true),
        ("100000000000", true),
        ("100000000000.0000000001", false),
        ("0.0000000001", true),
        ("0.10000000000", true),
        ("0.00000000001", false),
    ] {
        assert_eq!(texts(&Thing::create().name("n").exact(decimal(exact))).is_empty(), is_right, "{exact}");
    }
    for (price, is_right) in [("1.25", true), ("1.250", true), ("1.255", false)] {
        assert_eq!(texts(&Thing::create().name("n").price(decimal(price))).is_empty(), is_right, "{price}");
    }
    for (second, is_right) in
        [("1752-12-31T23:59:59Z", false), ("1753-01-01T00:00:00Z", true), ("9999-12-30T00:00:00Z", true)]
    {
        let instant: Timestamp = second.parse().expect("a timestamp");
        assert_eq!(texts(&Thing::create().name("n").instant(instant)).is_empty(), is_right, "{second}");
    }
    for (colors, is_right) in [(150, true), (151, false)] {
        let colors = (100..100 + colors).map(Color::from).collect::<MultiSelect<_>>();
        assert_eq!(texts(&Thing::create().name("n").colors(colors)).is_empty(), is_right);
    }
}

/// The status of an update is compared with the state that it sets; without one, only the server knows the
/// state.
#[test]
fn a_status_has_to_fit_the_state_of_the_same_update() {
    assert!(texts(&Thing::update(id::<Thing>()).status(Reason::Done)).is_empty());
    assert!(texts(&Thing::update(id::<Thing>()).status(Reason::Open)).is_empty());
    let both = Thing::update(id::<Thing>()).state(State::Open).status(Reason::Done);
    assert_eq!(
        texts(&both),
        ["new_thing.statuscode: the status 3 belongs to the state 1, but the record has the state 0"]
    );
}

#[test]
fn length_is_counted_in_utf_16_units() {
    let named = |name: &str| texts(&Thing::create().name(name));
    assert!(named("0123456789").is_empty());
    assert!(named("éééééééééé").is_empty());
    assert!(named("😀😀😀😀😀").is_empty());
    assert_eq!(
        named("😀😀😀😀😀a"),
        ["new_thing.new_name: the text is 11 UTF-16 units long, the maximum is 10"]
    );
}

#[test]
fn a_draft_with_every_column_at_its_limit_is_valid() {
    let good = Thing::create()
        .name("n")
        .number(-5)
        .ratio(-1000.5)
        .exact(decimal("-100000000000.0000000000"))
        .price(decimal("0.10000"))
        .date(jiff::civil::date(1753, 1, 1))
        .instant("9999-12-30T20:00:00Z".parse::<Timestamp>().expect("a timestamp"));
    assert_eq!(texts(&good), [""; 0]);
    assert_eq!(texts(&Thing::update(id()).date(jiff::civil::date(1752, 12, 31))).len(), 1);
    assert_eq!(texts(&Thing::update(id()).clock(jiff::civil::date(-5, 1, 1).at(0, 0, 0, 0))).len(), 1);
}

#[test]
fn a_float_that_is_no_number_is_a_violation() {
    let rules: Vec<_> =
        Thing::update(id()).ratio(f64::NAN).validate().expect_err("no number").into_iter().collect();
    assert_eq!(rules.len(), 1);
    assert_eq!(*rules[0].rule(), Rule::NotFinite);
}

#[test]
fn a_required_value_cannot_be_cleared() {
    assert_eq!(texts(&Thing::update(id())), [""; 0]);
    for update in [Thing::update(id()).clear_name(), Thing::update(id()).name("")] {
        assert_eq!(
            texts(&update),
            [
                "new_thing.new_name: a value is required by apps and forms (the Web API would take the record without it)"
            ]
        );
    }
    // A create may leave out what Dataverse fills itself.
    assert_eq!(texts(&SessionEvent::create().name("n")), [""; 0]);
}

#[test]
fn rules_say_whether_the_server_enforces_them() {
    let wrong = Thing::create().number(101).price(decimal("1.005"));
    let enforced: Vec<_> = wrong
        .validate()
        .expect_err("three things are wrong")
        .into_iter()
        .map(|violation| (violation.column(), violation.rule().is_enforced_by_server()))
        .collect();
    assert_eq!(enforced, [("new_name", false), ("new_number", true), ("new_price", false)]);
}

#[test]
fn a_status_of_another_state_is_a_violation() {
    assert_eq!(texts(&Thing::create().name("n").status(Reason::Waiting)), [""; 0]);
    assert_eq!(texts(&Thing::create().name("n").status(Reason::Unknown(9))), [""; 0]);
    assert_eq!(texts(&Thing::update(id()).status(Reason::Done)), [""; 0]);
    assert_eq!(texts(&Thing::update(id()).state(State::Done).status(Reason::Done)), [""; 0]);
    assert_eq!(
        texts(&Thing::update(id()).state(State::Done).status(Reason::Waiting)),
        ["new_thing.statuscode: the status 2 belongs to the state 0, but the record has the state 1"]
    );
    assert_eq!(
        texts(&SessionEvent::create().name("n").status(StatusReason::Inactive)),
        [
            "msdyn_sessionevent.statuscode: the status 2 belongs to the state 1, but the record has the state 0"
        ]
    );
    assert_eq!(
        texts(&SessionEvent::update(id()).state(EventState::Inactive).status(StatusReason::Active)).len(),
        1
    );
}

/// A record starts in the state with the least integer, whatever the order of declaration.
#[test]
fn a_create_starts_in_the_state_of_the_least_integer() {
    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum Upside {
        Closed = 1,
        Open = 0,
    }
    #[derive(Debug, Clone, Copy, OptionSet)]
    #[repr(i32)]
    enum Down {
        #[option(state = Upside::Closed)]
        Closed = 2,
        #[option(state = Upside::Open)]
        Open = 1,
    }
    #[derive(Debug, DataverseEntity)]
    #[entity(logical = "new_case", set = "new_cases")]
    #[allow(dead_code, reason = "written only")]
    struct Case {
        #[attr(logical = "new_caseid", primary_id)]
        id: Id<Case>,
        #[attr(logical = "statecode", state, update_only)]
        state: Option<Upside>,
        #[attr(logical = "statuscode", status)]
        status: Option<Down>,
    }
    assert_eq!(texts(&Case::create().status(Down::Open)), [""; 0]);
    assert_eq!(texts(&Case::create().status(Down::Closed)).len(), 1);
}

#[test]
fn more_than_150_options_are_a_violation() {
    let chosen = |count: i32| (1000..1000 + count).map(Color::Unknown).collect::<MultiSelect<Color>>();
    assert_eq!(texts(&Thing::update(id()).colors(chosen(150))), [""; 0]);
    assert_eq!(
        texts(&Thing::update(id()).colors(chosen(151))),
        ["new_thing.new_colors: 151 options are chosen, the server takes 150 at most"]
    );
}

#[test]
fn a_target_without_a_table_is_a_violation() {
    let owner = Party::Other(UnknownTarget::new(ID.parse().expect("a GUID"), None));
    assert_eq!(
        texts(&Thing::update(id()).owner(owner)),
        ["new_thing.ownerid: the lookup points to a record whose table is not known"]
    );
    assert_eq!(texts(&Thing::update(id()).owner(id::<Team>())), [""; 0]);
}
