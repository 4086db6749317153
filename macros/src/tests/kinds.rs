//! The table of kinds, as users see it.

use syn::DeriveInput;

use crate::entity::{derive, kind_words};

fn expand(ty: &str, attr: &str) -> String {
    let input = format!(
        r#"#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
        struct Thing {{
            #[attr(logical = "new_thingid", primary_id, create_only)] id: Id<Self>,
            #[attr(logical = "statecode", state, update_only)] state: Option<State>,
            #[attr(logical = "new_x", {attr})] x: {ty},
        }}"#
    );
    derive(&syn::parse_str::<DeriveInput>(&input).unwrap()).to_string()
}

fn is_refused(expansion: &str) -> bool {
    expansion.contains("compile_error")
}

#[test]
fn every_word_is_understood_with_a_type_that_nobody_knows() {
    for word in kind_words().filter(|word| !["datetime", "state"].contains(word)) {
        let expansion = expand("Option<Mine>", &format!("{word}, read_only"));
        assert!(!is_refused(&expansion), "{word}: {expansion}");
    }
}

#[test]
fn a_date_type_of_the_users_own_needs_its_behavior_and_nothing_more() {
    for (behavior, field_trait) in [
        ("user_local", "InstantColumn"),
        ("time_zone_independent", "ClockColumn"),
        ("date_only", "DateColumn"),
    ] {
        // `Timestamp` would imply another behavior than two of these.
        for ty in ["Mine", "Option<Mine>", "Option<my::Time<Zone>>", "Option<Timestamp>"] {
            let expansion = expand(ty, &format!("datetime(behavior = \"{behavior}\")"));
            assert!(!is_refused(&expansion), "{ty}, {behavior}: {expansion}");
            assert!(expansion.contains(field_trait), "{ty}, {behavior}");
        }
    }
    assert!(expand("Option<Mine>", "datetime").contains("does not say the behavior of this datetime"));
}

#[test]
fn a_date_type_implies_its_behavior() {
    for (ty, field_trait) in [
        ("Timestamp", "InstantColumn"),
        ("jiff::civil::DateTime", "ClockColumn"),
        ("chrono::DateTime<chrono::Utc>", "InstantColumn"),
        ("Option<NaiveDate>", "DateColumn"),
        ("Option<time::Date>", "DateColumn"),
        ("UtcDateTime", "InstantColumn"),
        ("Option<PrimitiveDateTime>", "ClockColumn"),
    ] {
        for attr in ["datetime", "display = \"X\""] {
            let expansion = expand(ty, attr);
            assert!(!is_refused(&expansion) && expansion.contains(field_trait), "{ty}: {expansion}");
        }
    }
}
