//! The code that the derives write, kept where a reviewer can read it: `golden/thing.rs` and its expansion,
//! `golden/thing.expanded.rs`. After a change, `BLESS=1 cargo test -p dataverse-entity-macros` writes it again.

use std::path::Path;

use syn::{DeriveInput, Item};

#[test]
fn the_expansion_is_as_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let input = std::fs::read_to_string(folder.join("thing.rs")).unwrap();
    let mut expanded = String::from(
        "// What the derives write for `thing.rs`. Written by the test in `src/tests/golden.rs`.\n",
    );
    for item in syn::parse_file(&input).unwrap().items {
        let (Item::Struct(syn::ItemStruct { attrs, .. }) | Item::Enum(syn::ItemEnum { attrs, .. })) = &item
        else {
            panic!("the input holds structs and enums");
        };
        let derive = attrs.iter().find(|attr| attr.path().is_ident("derive")).unwrap();
        let name = derive.parse_args::<syn::Ident>().unwrap().to_string();
        let parsed: DeriveInput = syn::parse2(quote::quote!(#item)).unwrap();
        let tokens = match name.as_str() {
            "DataverseEntity" => crate::entity::derive(&parsed),
            "OptionSet" => crate::option_set::derive(&parsed),
            "DataverseRow" => crate::row::derive(&parsed),
            "LookupTarget" => crate::lookup_target::derive(&parsed),
            other => panic!("{other}"),
        };
        let file = syn::parse2(tokens).unwrap();
        expanded.push_str(&format!("\n// {name} for {}\n\n{}", parsed.ident, prettyplease::unparse(&file)));
    }
    let golden = folder.join("thing.expanded.rs");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &expanded).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap();
    assert!(
        expanded == expected,
        "the expansion differs from golden/thing.expanded.rs; look at `BLESS=1` and `git diff`"
    );
}
