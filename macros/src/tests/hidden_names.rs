//! Fields cannot have the names of the items that users call on drafts and tables.

use crate::entity::{DRAFT_METHODS, TABLE_CONSTS};

/// Returns the source from `start` to the end of its braces.
fn body<'a>(source: &'a str, start: &str) -> &'a str {
    let begin = source.find(start).unwrap_or_else(|| panic!("no `{start}`"));
    let indent = begin - source[..begin].rfind('\n').map_or(0, |newline| newline + 1);
    let end = format!("\n{}}}", " ".repeat(indent));
    let length = source[begin..].find(&end).expect("the trait ends");
    &source[begin..begin + length]
}

/// Returns the names after this keyword in lines that contain `receiver`, of items that are not hidden.
fn names<'a>(body: &'a str, keyword: &str, receiver: &str) -> Vec<&'a str> {
    let lines: Vec<_> = body.lines().map(str::trim).collect();
    let shown = |index: usize| index == 0 || lines[index - 1] != "#[doc(hidden)]";
    lines
        .iter()
        .enumerate()
        .filter(|(index, line)| shown(*index) && line.starts_with(keyword) && line.contains(receiver))
        .map(|(_, line)| {
            let name = &line[keyword.len()..];
            &name[..name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len())]
        })
        .collect()
}

#[test]
fn every_method_of_a_draft_is_a_name_that_no_field_has() {
    let draft = include_str!("../../../core/src/draft/draft.rs");
    let message = include_str!("../../../core/src/message/message.rs");
    let draft_messages = include_str!("../../../core/src/message/record/draft.rs");
    let traits = [
        body(draft, "pub trait Draft:"),
        body(message, "pub trait Message {"),
        body(draft_messages, "pub trait DraftMessages:"),
    ];
    let methods: Vec<_> = traits.iter().flat_map(|body| names(body, "fn ", "self")).collect();
    assert!(methods.len() > 8, "{methods:?}");
    for method in methods {
        assert!(DRAFT_METHODS.contains(&method), "`{method}` is missing in DRAFT_METHODS");
    }
}

#[test]
fn every_const_of_a_table_is_a_name_that_no_column_has() {
    let entity = include_str!("../../../core/src/table/entity.rs");
    let consts = names(body(entity, "pub trait Entity:"), "const ", "");
    assert!(consts.len() >= 3, "{consts:?}");
    for name in consts {
        assert!(TABLE_CONSTS.contains(&&*name.to_lowercase()), "`{name}` is missing in TABLE_CONSTS");
    }
}
