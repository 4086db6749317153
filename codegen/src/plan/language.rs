//! The language of texts in code.

use dataverse_definitions::{Fact, Label, OptionSet, Table};

/// Structs declare texts in English (1033), and translations. In a project whose languages lack English, the texts of the
/// structs are in the first language.
pub(crate) fn speak(table: &mut Table, languages: &[u32]) {
    let Some(first) = languages.first().copied().filter(|_| !languages.contains(&ENGLISH)) else { return };
    for label in [&mut table.display_name, &mut table.display_collection_name, &mut table.description] {
        translate(label, first);
    }
    for column in &mut table.attributes {
        translate(&mut column.display_name, first);
        translate(&mut column.description, first);
        for set in [&mut column.option_set, &mut column.global_option_set] {
            if let Fact::Known(set) = set {
                options(set, first);
            }
        }
    }
    for key in &mut table.keys {
        translate(&mut key.display_name, first);
    }
}

const ENGLISH: u32 = 1033;

fn options(set: &mut OptionSet, language: u32) {
    translate(&mut set.display_name, language);
    translate(&mut set.description, language);
    for option in [&mut set.true_option, &mut set.false_option] {
        if let Fact::Known(option) = option {
            translate(&mut option.label, language);
        }
    }
    for option in &mut set.options {
        translate(&mut option.label, language);
        translate(&mut option.description, language);
    }
}

/// The English text becomes that of the language, unless the label has one.
fn translate(label: &mut Fact<Label>, language: u32) {
    let Fact::Known(label) = label else { return };
    let has_own = label.get(language).is_some();
    let texts = label.iter().filter(|(each, _)| *each != ENGLISH || !has_own).map(|(each, text)| {
        let language = if each == ENGLISH { language } else { each };
        (language, text.to_owned())
    });
    *label = texts.collect();
}
