//! What is written reads back unchanged: every kind of value, any string, extreme numbers, unknown options.

use dataverse_entity::Uuid;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;
use jiff::civil;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::table;
use crate::support::table::{Color, Party, Reason, Thing};

/// Turns the body of a create into the server's answer: lookups become values with annotations.
fn answered(create: &table::ThingCreate) -> String {
    let body = create.to_json().expect("a body");
    let members: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
    let inner = body.strip_prefix('{').and_then(|body| body.strip_suffix('}')).expect("an object");
    let mut answer = inner.to_owned();
    for (name, value) in members {
        let Some(property) = name.strip_suffix("@odata.bind") else { continue };
        let column = match property {
            "new_Parent" => "new_parent",
            "new_Party_systemuser" | "new_Party_team" => "new_party",
            "ownerid" => "ownerid",
            other => panic!("{other}"),
        };
        let (set, id) =
            value.as_str().and_then(|url| url.trim_end_matches(')').split_once('(')).expect("a URL");
        let table = set.trim_start_matches('/').trim_end_matches('s');
        answer.push_str(&format!(
            ",\"_{column}_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"{table}\",\"_{column}_value\":\"{id}\""
        ));
    }
    format!("{{{answer}}}")
}

fn uuids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

/// Decimals of all sizes and scales, up to the 10 digits that Dataverse keeps and beyond.
fn decimals() -> impl Strategy<Value = Decimal> {
    (any::<i128>(), 0u32..=28).prop_map(|(number, scale)| {
        Decimal::from_i128_with_scale(number % 79_228_162_514_264_337_593_543_950_335, scale)
    })
}

fn timestamps() -> impl Strategy<Value = Timestamp> {
    // 1753-01-01 to 9999-12-30, to the nanosecond.
    (-6_847_804_800i64..=253_402_200_000, 0i32..1_000_000_000)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).expect("in range"))
}

fn dates() -> impl Strategy<Value = civil::Date> {
    (1753i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| civil::date(year, month, day))
}

fn floats() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("JSON has finite numbers only", |number| number.is_finite()),
        Just(f64::MIN),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
        Just(5e-324),
        Just(-0.0),
        Just(0.1 + 0.2),
    ]
}

fn integers() -> impl Strategy<Value = i32> {
    prop_oneof![any::<i32>(), Just(i32::MIN), Just(i32::MAX), Just(0)]
}

fn principals() -> impl Strategy<Value = Party> {
    prop_oneof![
        uuids().prop_map(|id| Party::User(Id::new(id))),
        uuids().prop_map(|id| Party::Team(Id::new(id))),
    ]
}

proptest! {
    #[test]
    fn any_text_reads_back(name in any::<String>(), code in "\\PC*", notes in "[\\x00-\\x1f\"\\\\/\u{2028}\u{fffd}\u{10ffff}]*") {
        let create = Thing::create().name(name.clone()).code(code.clone()).notes(notes.clone());
        let read = table::thing(&create.to_json().expect("a body"));
        prop_assert_eq!(read.name.as_deref(), Some(&*name));
        prop_assert_eq!(read.code.as_deref(), Some(&*code));
        prop_assert_eq!(read.notes.as_deref(), Some(&*notes));
    }

    #[test]
    fn any_text_reads_back_from_an_escaped_form(name in any::<String>()) {
        let escaped: String = name.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
        let json = format!("{{\"new_name\": \"{escaped}\"}}");
        let read = table::thing(&json);
        prop_assert_eq!(read.name.as_deref(), Some(&*name));
    }

    #[test]
    fn any_number_reads_back(number in integers(), big in any::<i64>(), ratio in floats(), plain in integers()) {
        let create = Thing::create().number(number).big(big).ratio(ratio).plain(plain);
        let read = table::thing(&create.to_json().expect("a body"));
        prop_assert_eq!((read.number, read.big, read.plain), (Some(number), Some(big), Some(plain)));
        prop_assert_eq!(read.ratio.map(f64::to_bits), Some(ratio.to_bits()));
    }

    #[test]
    fn any_decimal_reads_back_to_the_digit(exact in decimals(), price in decimals()) {
        let create = Thing::create().exact(exact).price(price);
        let body = create.to_json().expect("a body");
        prop_assert!(body.contains(&format!("\"new_exact\":{exact},")), "{}", body);
        let read = table::thing(&body);
        prop_assert_eq!(read.exact.map(|exact| exact.to_string()), Some(exact.to_string()));
        prop_assert_eq!(read.price.map(|price| price.to_string()), Some(price.to_string()));
        // As a string it is the same number.
        let quoted = table::thing(&format!("{{\"new_exact\": \"{exact}\"}}"));
        prop_assert_eq!(quoted.exact, Some(exact));
    }

    #[test]
    fn any_date_reads_back(instant in timestamps(), date in dates(), time in 0i32..86_400, flag in any::<bool>()) {
        let clock = date.at((time / 3600) as i8, (time / 60 % 60) as i8, (time % 60) as i8, 0);
        let create = Thing::create().instant(instant).date(date).clock(clock).flag(flag).name("n");
        prop_assert!(create.validate().is_ok());
        let read = table::thing(&create.to_json().expect("a body"));
        prop_assert_eq!((read.instant, read.date, read.clock, read.flag), (Some(instant), Some(date), Some(clock), Some(flag)));
    }

    #[test]
    fn any_option_reads_back(
        color in integers(), reason in integers(), colors in proptest::collection::vec(integers(), 0..200),
    ) {
        let colors: MultiSelect<Color> = colors.into_iter().map(Color::from).collect();
        let create = Thing::create().color(color).status(Reason::from(reason)).colors(colors.clone());
        let read = table::thing(&create.to_json().expect("a body"));
        prop_assert_eq!(read.color.map(i32::from), Some(color));
        prop_assert_eq!(read.status.map(i32::from), Some(reason));
        prop_assert_eq!(&read.colors, &colors);
        let spaced: Vec<String> = colors.iter().map(|each| i32::from(each).to_string()).collect();
        let json = format!("{{\"new_colors\": \" {} \"}}", spaced.join(" ,  "));
        prop_assert_eq!(&table::thing(&json).colors, &colors);
    }

    #[test]
    fn any_guid_and_reference_reads_back(
        id in uuids(), guid in uuids(), parent in uuids(), party in principals(), owner in principals(),
        image in proptest::collection::vec(any::<u8>(), 0..50), value in any::<bool>(), name in any::<String>(),
    ) {
        let mut customizable = ManagedProperty::new(value);
        customizable.can_be_changed = !value;
        customizable.managed_property_logical_name = Some(name);
        let create = Thing::create()
            .id(id).guid(guid).parent(Id::<Thing>::new(parent)).party(party.clone()).owner(owner.clone())
            .image(image.clone()).customizable(customizable.clone());
        let read = table::thing(&answered(&create));
        prop_assert_eq!((read.id, read.guid), (Some(Id::new(id)), Some(guid)));
        prop_assert_eq!(read.parent.as_ref().map(Lookup::uuid), Some(parent));
        prop_assert_eq!(read.party.as_ref().map(Lookup::key), Some(party));
        prop_assert_eq!(read.owner.as_ref().map(Lookup::key), Some(owner));
        prop_assert_eq!(read.image.as_deref(), Some(&*image));
        prop_assert_eq!(read.customizable.as_ref(), Some(&customizable));
        // What was read can be written again unchanged, and is no change.
        prop_assert!(Thing::changes(&read, &read).expect("the same record").is_empty());
    }

    #[test]
    fn changes_between_two_records_hold_the_values_of_the_second(
        before in (any::<Option<String>>(), any::<Option<i32>>(), any::<Option<i64>>()),
        after in (any::<Option<String>>(), any::<Option<i32>>(), any::<Option<i64>>()),
    ) {
        let record = |(name, number, big): (Option<String>, Option<i32>, Option<i64>)| {
            let mut record = table::thing(&format!("{{\"new_thingid\": \"{}\"}}", table::ID)).into_inner();
            (record.name, record.number, record.big) = (name, number, big);
            record
        };
        let (before, after) = (record(before), record(after));
        let update = Thing::changes(&before, &after).expect("the same record");
        let members: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&update.to_json().expect("a body")).expect("an object");
        let told = |name: &str, before: serde_json::Value, after: serde_json::Value| {
            members.get(name).cloned() == (before != after).then_some(after)
        };
        prop_assert!(told("new_name", before.name.into(), after.name.into()));
        prop_assert!(told("new_number", before.number.into(), after.number.into()));
        prop_assert!(told("new_big", before.big.into(), after.big.into()));
    }

    /// Reading never panics, whatever the bytes; if serde_json reads a page, so does the library.
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let ours = Page::<SystemUser>::rows_from_json(&bytes);
        let theirs = serde_json::from_slice::<serde_json::Value>(&bytes);
        prop_assert!(theirs.is_ok() || ours.is_err());
    }

    /// Nearly valid JSON: pieces of members in any order.
    #[test]
    fn any_members_are_read_without_a_panic(pieces in proptest::collection::vec(
        prop_oneof![
            Just("\"new_name\""), Just("\"new_number\""), Just("\"_ownerid_value\""), Just("\"new_Parent\""),
            Just("\"new_children\""), Just("\"new_color@OData.Community.Display.V1.FormattedValue\""), Just(":"),
            Just(","), Just("{"), Just("}"), Just("["), Just("]"), Just("null"), Just("1"), Just("\"a\""), Just("true"),
        ], 0..40,
    )) {
        let json = format!("{{{}}}", pieces.concat());
        let ours = Record::<Thing>::from_json(&json);
        let theirs = serde_json::from_str::<serde_json::Value>(&json);
        prop_assert_eq!(theirs.is_err(), ours.as_ref().is_err_and(|error| error.is_malformed() && !error.to_string().contains("twice")));
    }
}
