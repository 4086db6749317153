//! What generated code is called, what a user decides about it, and what is refused before it is written.

use std::collections::BTreeMap;

use dataverse_codegen::{Settings, Snapshot, features, generate};
use dataverse_definitions::read;
use serde_json::{Value, json};

fn label(text: &str) -> Value {
    json!({"LocalizedLabels": [{"Label": text, "LanguageCode": 1033}]})
}

fn table(name: &str, columns: Value) -> Value {
    let id = format!("{name}id");
    let mut attributes = vec![json!({"LogicalName": id, "AttributeType": "Uniqueidentifier"})];
    attributes.extend(columns.as_array().unwrap().iter().cloned());
    json!({"LogicalName": name, "EntitySetName": format!("{name}s"), "PrimaryIdAttribute": id, "Attributes": attributes})
}

fn text(name: &str) -> Value {
    json!({"LogicalName": name, "AttributeType": "String"})
}

fn choice(name: &str, options: &[(i32, &str)]) -> Value {
    let options: Vec<Value> =
        options.iter().map(|(value, text)| json!({"Value": value, "Label": label(text)})).collect();
    json!({"LogicalName": name, "AttributeType": "Picklist", "OptionSet": {"Options": options}})
}

fn shared(name: &str, set: &str, options: &[(i32, &str)]) -> Value {
    let mut column = choice(name, options);
    column["GlobalOptionSet"] =
        json!({"Name": set, "IsGlobal": true, "Options": column["OptionSet"]["Options"]});
    column["OptionSet"] = Value::Null;
    column
}

fn snapshot(tables: &[Value]) -> Snapshot {
    let texts: Vec<String> = tables.iter().map(Value::to_string).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Snapshot::new(read(&texts).unwrap())
}

fn settings(text: &str) -> Settings {
    toml::from_str(text).unwrap()
}

/// The files after the tables have changed: the names that were locked before are kept, as `pull` keeps them.
fn later(before: &Snapshot, tables: &[Value]) -> (Snapshot, BTreeMap<String, String>) {
    let mut now = snapshot(tables);
    now.names = before.names.clone();
    now.option_sets = before.option_sets.clone();
    let files = generate(&mut now, &Settings::default()).unwrap();
    (now, files)
}

fn refusal(tables: &[Value], text: &str) -> String {
    generate(&mut snapshot(tables), &settings(text)).unwrap_err().to_string()
}

#[test]
fn what_is_gone_and_returns_has_its_name_again() {
    let columns = json!([text("new_name"), text("cr_name"), choice("new_color", &[(1, "Red"), (2, "Blue")])]);
    let first = [table("new_loan", columns), table("new_tag", json!([]))];
    let mut start = snapshot(&first);
    let before = generate(&mut start, &Settings::default()).unwrap();
    // Without the other name, this one would have no prefix; a new label would be another variant.
    let columns = json!([text("new_name"), choice("new_color", &[(2, "Azure")])]);
    let (middle, files) = later(&start, &[table("new_loan", columns)]);
    assert!(files["new_loan.rs"].contains("pub new_name: Option<String>"), "{}", files["new_loan.rs"]);
    assert!(files["new_loan.rs"].contains("    Blue = 2,"), "{}", files["new_loan.rs"]);
    assert!(!files["new_loan.rs"].contains("Red"), "{}", files["new_loan.rs"]);
    // A table that is new takes no name of one that is gone.
    let other = table("cr_tag", json!([]));
    let (_, files) = later(&middle, &[first[0].clone(), other.clone()]);
    assert!(files["cr_tag.rs"].contains("pub struct CrTag"), "{}", files["cr_tag.rs"]);
    let (_, files) = later(&middle, &first);
    assert_eq!(files, before);
}

#[test]
fn names_survive_the_directory_of_a_snapshot() {
    let columns = json!([shared("new_color", "new_colors", &[(1, "Red")])]);
    let mut start = snapshot(&[table("new_loan", columns), table("new_tag", json!([]))]);
    generate(&mut start, &Settings::default()).unwrap();
    start.tables.remove("new_tag");
    let directory = tempfile::tempdir().unwrap();
    start.write(directory.path()).unwrap();
    let read = Snapshot::read(directory.path()).unwrap();
    assert_eq!((&read.names, &read.option_sets), (&start.names, &start.option_sets));
    assert_eq!(read.names["new_tag"].table.as_deref(), Some("Tag"));
    assert_eq!(read.option_sets["new_colors"].options, BTreeMap::from([(1, "Red".to_owned())]));
}

#[test]
fn a_new_table_takes_the_module_of_no_other() {
    // Both names have the same words, and the new one comes first.
    let (first, _) = later(&snapshot(&[]), &[table("new_loan_a", json!([]))]);
    let (both, files) = later(&first, &[table("new_loan_a", json!([])), table("new_loan__a", json!([]))]);
    assert!(files["new_loan_a.rs"].contains("//! The table `new_loan_a`."), "{}", files["new_loan_a.rs"]);
    assert!(files["new_loan_a_2.rs"].contains("//! The table `new_loan__a`."));
    // The first one goes, and the second one keeps its module.
    let (one, files) = later(&both, &[table("new_loan__a", json!([]))]);
    assert!(files["new_loan_a_2.rs"].contains("//! The table `new_loan__a`."));
    // The first one returns to its own.
    let (_, files) = later(&one, &[table("new_loan_a", json!([])), table("new_loan__a", json!([]))]);
    assert!(files["new_loan_a.rs"].contains("//! The table `new_loan_a`."));
}

/// The lists in `macros/src/entity/check/columns.rs`, whose names the derive refuses for fields.
#[test]
fn every_column_whose_field_the_derive_refuses_gets_another_name() {
    let source = include_str!("../../macros/src/entity/check/columns.rs");
    let mut refused = Vec::new();
    for list in ["DRAFT_METHODS", "TABLE_CONSTS"] {
        let (_, rest) = source.split_once(&format!("const {list}: [&str; ")).unwrap();
        let (items, _) = rest.split_once("= [").unwrap().1.split_once(']').unwrap();
        refused.extend(items.split('"').skip(1).step_by(2));
    }
    assert!(refused.len() > 10 && refused.contains(&"validate"), "{refused:?}");
    let columns = refused.iter().map(|name| text(&format!("new_{name}"))).collect();
    let (locked, _) = later(&snapshot(&[]), &[table("new_loan", columns)]);
    for name in refused {
        assert_eq!(locked.names["new_loan"].fields[&format!("new_{name}")], format!("{name}_column"));
    }
}

#[test]
fn a_global_option_set_is_one_enum_whose_names_are_locked_once() {
    let loan = |color: &str| table("new_loan", json!([shared("new_color", "new_colors", &[(1, color)])]));
    let tag = |color: &str| {
        table(
            "new_tag",
            json!([
                shared("new_color", "new_colors", &[(1, color)]),
                shared("new_other", "new_colors", &[(1, color)])
            ]),
        )
    };
    let mut start = snapshot(&[loan("Red"), tag("Red")]);
    let files = generate(&mut start, &Settings::default()).unwrap();
    assert_eq!(files["option_sets.rs"].matches("pub enum Colors").count(), 1);
    for file in ["new_loan.rs", "new_tag.rs"] {
        assert!(files[file].contains("pub color: Option<super::option_sets::Colors>"), "{}", files[file]);
        assert!(!files[file].contains("pub enum"), "{}", files[file]);
    }
    // The lock belongs to the set, whichever of its columns are left.
    let (_, files) = later(&start, &[tag("Crimson")]);
    assert!(
        files["option_sets.rs"].contains("#[option(label = \"Crimson\")]\n    Red = 1,"),
        "{}",
        files["option_sets.rs"]
    );
}

#[test]
fn a_new_column_renames_no_enum_and_no_collection() {
    let lookup = |name: &str| json!({"LogicalName": name, "AttributeType": "Lookup", "Targets": ["new_loan", "new_tag"]});
    let related = |name: &str, property: &str| {
        json!({"SchemaName": name, "ReferencingEntity": "new_tag", "ReferencingAttribute": "new_loan", "ReferencedEntity": "new_loan",
            "ReferencedAttribute": "new_loanid", "ReferencedEntityNavigationPropertyName": property})
    };
    let mut loan = table("new_loan", json!([lookup("new_subject")]));
    loan["OneToManyRelationships"] = json!([related("new_loan_tags", "new_tags")]);
    let tag = table("new_tag", json!([]));
    let mut start = snapshot(&[loan.clone(), tag.clone()]);
    generate(&mut start, &Settings::default()).unwrap();
    assert_eq!(start.names["new_loan"].targets["new_subject"], "SubjectTarget");
    assert_eq!(start.names["new_loan"].related["new_loan_tags"], "NEW_TAGS");
    let columns = loan["Attributes"].as_array_mut().unwrap();
    columns.insert(0, lookup("cr_subject"));
    columns.insert(
        0,
        json!({"LogicalName": "a_new_tags", "SchemaName": "x_new_tags", "AttributeType": "String"}),
    );
    loan["OneToManyRelationships"] =
        json!([related("cr_loan_tags", "new_Tags"), related("new_loan_tags", "new_tags")]);
    let (now, files) = later(&start, &[loan, tag]);
    let names = &now.names["new_loan"];
    assert_eq!(
        (names.targets["new_subject"].as_str(), names.targets["cr_subject"].as_str()),
        ("SubjectTarget", "SubjectTarget2")
    );
    assert_eq!(
        (names.related["new_loan_tags"].as_str(), names.related["cr_loan_tags"].as_str()),
        ("NEW_TAGS", "NEW_TAGS_RELATED")
    );
    assert!(files["new_loan.rs"].contains("pub enum SubjectTarget2"), "{}", files["new_loan.rs"]);
}

#[test]
fn a_user_names_and_types_what_is_generated() {
    let columns = json!([
        choice("new_color", &[(1, "Red"), (2, "Blue")]),
        shared("new_size", "new_sizes", &[(1, "Small")]),
        {"LogicalName": "new_price", "AttributeType": "Money"},
        {"LogicalName": "new_due", "AttributeType": "DateTime", "DateTimeBehavior": {"Value": "DateOnly"}},
        {"LogicalName": "new_photo", "AttributeType": "Virtual", "AttributeTypeName": {"Value": "ImageType"}},
        text("new_secret"),
    ]);
    let tables = [table("new_loan", columns)];
    let chosen = settings(
        r#"
        dates = "chrono"
        images = "bytes"
        decimal = "crate::Amount"
        derives = ["serde::Serialize"]
        option_set_derives = ["strum::EnumIter"]
        [tables.new_loan]
        name = "Lending"
        derives = ["Default", "serde::Serialize"]
        skip = ["new_secret"]
        [tables.new_loan.columns.new_color]
        name = "colour"
        enum = "Paint"
        options = { 2 = "Azure" }
        [option_sets.new_sizes]
        name = "Extent"
        derives = ["schemars::JsonSchema"]
        options = { 1 = "Tiny" }
        "#,
    );
    let files = generate(&mut snapshot(&tables), &chosen).unwrap();
    let loan = &files["new_loan.rs"];
    for expected in [
        "#[derive(Debug, Clone, PartialEq, DataverseEntity, serde::Serialize, Default)]",
        "pub struct Lending {",
        "pub colour: Option<Paint>,",
        "#[derive(Debug, Clone, Copy, OptionSet, strum::EnumIter)]",
        "    Azure = 2,",
        "pub price: Option<crate::Amount>,",
        "pub due: Option<dataverse_entity::chrono::NaiveDate>,",
        "pub photo: Option<Vec<u8>>,",
    ] {
        assert!(loan.contains(expected), "{expected} is not in {loan}");
    }
    assert!(!loan.contains("secret"), "{loan}");
    let shared = &files["option_sets.rs"];
    assert!(
        shared
            .contains("OptionSet, strum::EnumIter, schemars::JsonSchema)]\n#[repr(i32)]\npub enum Extent {"),
        "{shared}"
    );
    assert!(shared.contains("    Tiny = 1,"), "{shared}");
    // The features that the code needs are told where it is declared.
    let features: Vec<&str> = features(&snapshot(&tables), &chosen).into_iter().collect();
    assert_eq!(features, ["base64", "chrono"]);
    assert!(
        files["mod.rs"].contains("needs these features for them: `base64`, `chrono`."),
        "{}",
        files["mod.rs"]
    );
}

#[test]
fn a_mistake_in_the_settings_says_where_and_what_to_do() {
    let tables = [
        table(
            "new_loan",
            json!([text("new_name"), text("new_title"), choice("new_color", &[(1, "Red"), (2, "Blue")])]),
        ),
        table("new_tag", json!([shared("new_size", "new_sizes", &[(1, "Small"), (2, "Large")])])),
    ];
    for (text, expected) in [
        ("[tables.new_lone]", "table `new_lone`: the settings name it, but the snapshot does not have it"),
        (
            "[tables.new_loan]\nskip = [\"new_nam\"]",
            "table `new_loan`, column `new_nam`: the settings name it, but the snapshot does not have it",
        ),
        (
            "[tables.new_loan]\nskip = [\"new_loanid\"]",
            "table `new_loan`, column `new_loanid`: the primary id cannot be skipped",
        ),
        ("[tables.new_loan]\nname = \"a loan\"", "table `new_loan`: `a loan` is no identifier of Rust"),
        ("[tables.new_loan]\nderives = [\"serde::\"]", "table `new_loan`: `serde::` is no path of a derive"),
        ("decimal = \"Vec<\"", "`Vec<` is no type of Rust"),
        (
            "[tables.new_loan.columns]\nnew_name.name = \"words\"\nnew_title.name = \"words\"",
            "table `new_loan`, column `new_title`: its field would be `words`, as that of `new_name`; set another `name`",
        ),
        (
            "[tables.new_loan.columns.new_color]\noptions = { 3 = \"Green\" }",
            "table `new_loan`, column `new_color`: there is no option `3`; the options are 1, 2",
        ),
        (
            "[tables.new_loan.columns.new_color]\noptions = { 1 = \"Same\", 2 = \"Same\" }",
            "table `new_loan`, column `new_color`: two options are named `Same`",
        ),
        (
            "[tables.new_loan.columns.new_name]\nenum = \"Name\"",
            "table `new_loan`, column `new_name`: it has neither options nor targets, so there is no `enum` to name",
        ),
        (
            "[tables.new_tag.columns.new_size]\noptions = { 1 = \"Tiny\" }",
            "table `new_tag`, column `new_size`: its options are those of a global option set; write these settings in \
             `[generate.option_sets.new_sizes]`",
        ),
        (
            "[option_sets.new_size]",
            "global option set `new_size`: the settings name it, but the snapshot does not have it",
        ),
        (
            "[option_sets.new_sizes]\noptions = { 9 = \"Huge\" }",
            "global option set `new_sizes`: there is no option `9`; the options are 1, 2",
        ),
        (
            "[tables.new_loan]\nname = \"Label\"\n[tables.new_tag]\nname = \"Label\"",
            "table `new_tag`: its struct would be `Label`, as that of `new_loan`; set `name` in `[generate.tables.new_tag]`",
        ),
    ] {
        assert_eq!(refusal(&tables, text), expected, "{text}");
    }
}

#[test]
fn a_snapshot_that_was_edited_is_refused_at_the_place() {
    let mut twice = snapshot(&[table("new_loan", json!([text("new_name")]))]);
    let columns = &mut twice.tables.get_mut("new_loan").unwrap().attributes;
    columns.extend(columns.last().cloned());
    assert_eq!(
        generate(&mut twice, &Settings::default()).unwrap_err().to_string(),
        "table `new_loan`, column `new_name`: its definition has the column twice; pull the table again"
    );
    let options = [table("new_loan", json!([choice("new_color", &[(1, "Red"), (1, "Blue")])]))];
    assert_eq!(
        refusal(&options, ""),
        "table `new_loan`, column `new_color`: its definition has the option 1 twice; pull the table again"
    );
    let tables = [table("new_loan", json!([text("new_name")]))];
    let mut start = snapshot(&tables);
    generate(&mut start, &Settings::default()).unwrap();
    let advice = "the snapshot locks it under `names`; correct it there, or remove it to have a new one";
    for (field, name, problem) in [
        ("Loan", "loan name", "`loan name` is no identifier of Rust"),
        ("Loan", "self", "`self` is no identifier of Rust"),
        ("Id", "name", "`Id` would hide a type that generated code uses; choose another name"),
    ] {
        let mut edited = start.clone();
        let locked = edited.names.get_mut("new_loan").unwrap();
        locked.table = Some(field.to_owned());
        locked.fields.insert("new_name".to_owned(), name.to_owned());
        let error = generate(&mut edited, &Settings::default()).unwrap_err().to_string();
        assert_eq!(error, format!("table `new_loan`: {problem}; {advice}"));
    }
    assert_eq!(
        refusal(&tables, "[tables.new_loan]\nname = \"String\""),
        "table `new_loan`: `String` would hide a type that generated code uses; choose another name"
    );
}

#[test]
fn tables_whose_names_have_the_same_words_have_structs_of_their_own() {
    let named = |name: &str, schema: &str| {
        let mut table = table(name, json!([]));
        table["SchemaName"] = schema.into();
        table
    };
    let tables = [
        named("new_loandate", "new_LoanDate"),
        named("new_loan_date", "new_Loan_Date"),
        named("new_loan__date", "new_Loan__Date"),
        named("new_type", "new_Type"),
    ];
    let (locked, files) = later(&snapshot(&[]), &tables);
    let structs: Vec<&str> = locked.names.values().map(|names| names.table.as_deref().unwrap()).collect();
    // In the order of logical names: `new_loan__date`, `new_loan_date`, `new_loandate`, `new_type`.
    assert_eq!(structs, ["NewLoanDate", "NewLoanDate2", "NewLoandate", "Type"]);
    assert!(files["new_loan_date_2.rs"].contains("pub struct NewLoanDate2 {"));
    // A name that a setting gives to another table is not taken.
    let chosen = settings("[tables.new_loandate]\nname = \"Type\"");
    let mut chosen_first = snapshot(&tables);
    generate(&mut chosen_first, &chosen).unwrap();
    assert_eq!(chosen_first.names["new_type"].table.as_deref(), Some("NewType"));
}

#[test]
fn descriptions_are_comments_whatever_they_say() {
    for (description, expected) in [
        ("a */ b /* c", "/// a \\*/ b /\\* c\n"),
        (
            "# Heading\r\n- item\r\n1. first\n\n===\n",
            "/// \\# Heading\n    /// \\- item\n    /// 1\\. first\n    ///\n    /// \\===\n",
        ),
        ("see [Loan] and <b>", "/// see \\[Loan\\] and \\<b\\>\n"),
        ("the `LoanDate`, or (new_date)", "/// the `LoanDate`, or (`new_date`)\n"),
        ("<b>`LoanDate`</b>", "/// \\<`b>'LoanDate'</b`\\>\n"),
        ("an `unclosed backtick", "/// an \\`unclosed backtick\n"),
        ("the new_name of https://example.org/a_b.", "/// the `new_name` of `https://example.org/a_b`.\n"),
        ("a\rb\tc", "/// a b c\n"),
        ("право\u{202e}слева \u{200b}", "/// правослева\n"),
        ("日本語の説明", "/// 日本語の説明\n"),
        ("XMLfile for IDs &amp; ISVs", "/// `XMLfile` for IDs \\&amp; ISVs\n"),
        ("\u{200b}\u{200b}", "/// The column `new_name`.\n"),
    ] {
        let mut column = text("new_name");
        column["Description"] = label(description);
        let files =
            generate(&mut snapshot(&[table("new_loan", json!([column]))]), &Settings::default()).unwrap();
        let loan = &files["new_loan.rs"];
        assert!(
            loan.contains(&format!("    {expected}    #[attr(\n        logical = \"new_name\""))
                || loan.contains(&format!("    {expected}    #[attr(logical = \"new_name\"")),
            "{expected}\n{loan}"
        );
        // The text itself is a fact of the column, to the letter.
        let file = syn::parse_file(loan).unwrap();
        let literal = attribute_text(&file, "description");
        assert_eq!(literal.as_deref(), Some(description), "{loan}");
    }
}

/// The text of a key in the annotation of the last field.
fn attribute_text(file: &syn::File, key: &str) -> Option<String> {
    let fields = file.items.iter().find_map(|item| match item {
        syn::Item::Struct(item) => Some(&item.fields),
        _ => None,
    })?;
    let attributes = fields.iter().flat_map(|field| &field.attrs);
    let mut found = None;
    for attribute in attributes.filter(|attribute| attribute.path().is_ident("attr")) {
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident(key) {
                found = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Lit>()?;
            }
            Ok(())
        });
    }
    found
}

#[test]
fn a_very_long_description_is_one_line_and_one_literal() {
    let words = "word ".repeat(20_000);
    let mut column = text("new_name");
    column["Description"] = label(words.trim());
    let files = generate(&mut snapshot(&[table("new_loan", json!([column]))]), &Settings::default()).unwrap();
    assert_eq!(files["new_loan.rs"].matches("word ").count(), 2 * 19_999);
}

#[test]
fn the_catch_all_never_has_the_integer_of_an_option() {
    let columns = json!([choice("new_color", &[(i32::MAX, "Last"), (3, "Blue"), (1, "Red"), (2, "Green")])]);
    let files = generate(&mut snapshot(&[table("new_loan", columns)]), &Settings::default()).unwrap();
    let names: Vec<&str> = files["new_loan.rs"]
        .lines()
        .filter(|line| {
            line.ends_with("),") && line.contains("Unknown")
                || line.contains(" = ") && line.ends_with(',') && !line.contains('"')
        })
        .map(str::trim)
        .collect();
    // Rust gives `Unknown` the integer after `Blue`.
    assert_eq!(names, ["Red = 1,", "Green = 2,", "Blue = 3,", "Unknown(i32),", "Last = 2_147_483_647,"]);
}

#[test]
fn two_orgs_that_know_nothing_of_a_member_do_not_differ_in_it() {
    for columns in [json!([text("new_name")]), json!([{"LogicalName": "new_name"}])] {
        let tables = [table("new_loan", columns)];
        assert_eq!(dataverse_codegen::drift(&snapshot(&tables), &snapshot(&tables), true), []);
    }
}
