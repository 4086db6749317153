//! Files that are not a database, or that nobody may write.

use std::fs;
use std::path::Path;

use dataverse_emulator::Emulator;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;

use crate::running::run;

fn refusal(file: &Path) -> String {
    let error = Emulator::builder().file(file).build().expect_err("the file cannot be used");
    let text = error.to_string();
    assert!(text.contains(&file.display().to_string()), "{text}");
    text
}

#[test]
fn a_file_that_is_not_a_database_is_refused_and_unchanged() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("notes.txt");
    let text = "these are my notes, and no database\n".repeat(100);
    fs::write(&file, &text).unwrap();
    assert!(refusal(&file).contains("not a database"));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn the_database_of_another_program_is_refused_and_unchanged() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("other.db");
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine');").unwrap();
    drop(other);
    let bytes = fs::read(&file).unwrap();
    assert!(refusal(&file).contains("the tables of another program; choose another file"));
    assert_eq!(fs::read(&file).unwrap(), bytes);
    // An empty file belongs to no program.
    let empty = directory.path().join("empty.db");
    fs::write(&empty, "").unwrap();
    Emulator::builder().file(&empty).build().unwrap();
    Emulator::builder().file(&empty).build().unwrap();
}

#[test]
fn an_impossible_path_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    assert!(refusal(directory.path()).contains("it is a folder"));
    assert!(refusal(&directory.path().join("no/such.db")).contains("its folder does not exist"));
}

#[test]
fn a_file_with_a_broken_page_answers_500_and_never_a_wrong_row() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dataverse.db");
    let emulator = Emulator::builder().file(&file).build().unwrap();
    let ids = run(async {
        let drafts =
            (0..500).map(|number| SessionEvent::create().name(format!("{number}: {}", "x".repeat(90))));
        emulator.client().execute(SessionEvent::create_multiple(drafts)).await.unwrap()
    });
    drop(emulator);
    // The second half of the file becomes noise.
    let mut bytes = fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    for (index, byte) in bytes[half..].iter_mut().enumerate() {
        *byte = u8::try_from((index * 31 + 7) % 251).unwrap();
    }
    fs::write(&file, &bytes).unwrap();
    let Ok(emulator) = Emulator::builder().file(&file).build() else { return };
    run(async {
        let client = emulator.client();
        let mut failed = 0;
        for (number, id) in ids.iter().enumerate() {
            match client.execute(SessionEvent::retrieve(*id)).await {
                Ok(row) => {
                    assert!(row.name.as_deref().unwrap_or_default().starts_with(&format!("{number}: ")))
                }
                Err(error) => failed += usize::from(error.status().is_some()),
            }
        }
        assert!(failed > 0, "half of the file is noise");
    });
}

#[test]
fn a_folder_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    assert!(refusal(directory.path()).contains("unable to open database file"));
}

#[cfg(unix)]
#[test]
fn a_file_that_nobody_may_write_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dataverse.db");
    drop(Emulator::builder().file(&file).build().unwrap());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let opened = Emulator::builder().file(&file).build();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
    match opened {
        Err(error) => {
            let text = error.to_string();
            assert!(text.contains("dataverse.db") && text.contains("readonly"), "{text}");
        }
        // The administrator of the machine may write any file.
        Ok(emulator) => {
            assert!(fs::File::options().append(true).open(&file).is_ok());
            run(async { emulator.client().execute(SessionEvent::create().name("one")).await.unwrap() });
        }
    }
}
