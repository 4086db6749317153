//! Colors, help, completions, and the formats of findings.

use std::process::Command;

use crate::project::{MACHINE, Project, run};

/// Runs `check`, which finds drift, with these variables and arguments. Output goes to pipes.
fn check(project: &Project, variables: &[(&str, &str)], arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-dataverse"));
    command.arg("check").args(arguments).current_dir(project.path("."));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn drifted() -> Project {
    let mut project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    assert_eq!(project.run(&["pull"]).0, 0);
    assert_eq!(project.run(&["generate"]).0, 0);
    let mut definition: serde_json::Value = serde_json::from_str(MACHINE).unwrap();
    let columns = definition["Attributes"].as_array_mut().unwrap();
    let name = columns.iter_mut().find(|column| column["LogicalName"] == "new_name").unwrap();
    name["IsValidForCreate"] = false.into();
    project.with(&[&definition.to_string()]);
    project
}

#[test]
fn colors_obey_the_flag_the_environment_and_the_kind_of_output() {
    let project = drifted();
    for (variables, arguments, has_colors) in [
        (&[][..], &[][..], false),
        (&[("CLICOLOR_FORCE", "1")], &[], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[], false),
        (&[("NO_COLOR", "1")], &["--color", "always"], true),
        (&[("CLICOLOR_FORCE", "1")], &["--color=never"], false),
        (&[("CLICOLOR_FORCE", "1")], &["--color", "auto"], true),
    ] {
        let (out, _) = check(&project, variables, arguments);
        assert!(out.contains("breaking"), "{out}");
        assert_eq!(out.contains('\u{1b}'), has_colors, "{variables:?} {arguments:?}: {out:?}");
    }
    // Other tools read these.
    for format in ["json", "github", "sarif"] {
        let (out, _) = check(&project, &[], &["--color", "always", "--format", format]);
        assert!(!out.contains('\u{1b}'), "{format}: {out:?}");
    }
    let (_, error) = check(&project, &[], &["--color", "always", "--config", "none.toml"]);
    assert!(error.contains('\u{1b}'), "{error:?}");
    let (_, error) = check(&project, &[], &["--config", "none.toml"]);
    assert!(!error.contains('\u{1b}'), "{error:?}");
    let (_, error) = check(&project, &[], &["--color=always", "--formt", "json"]);
    assert!(error.contains('\u{1b}') && error.contains("--format"), "{error:?}");
}

#[test]
fn each_command_teaches_with_an_example_and_its_exit_codes() {
    let directory = tempfile::TempDir::new().unwrap();
    let (code, help, _) = run(directory.path(), &["--help"]);
    assert_eq!(code, 0);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.trim().split(' ').next())
        .filter(|name| *name != "help")
        .collect();
    for name in ["init", "pull", "generate", "check", "diff", "completions"] {
        assert!(commands.contains(&name), "{name} is not in {commands:?}");
    }
    for command in commands {
        let (code, help, _) = run(directory.path(), &[command, "--help"]);
        assert_eq!(code, 0);
        assert!(help.contains("Example") && help.contains(&format!("cargo dataverse {command}")), "{help}");
        assert!(help.contains("Exit codes: 0"), "{help}");
    }
}

#[test]
fn wrong_usage_says_what_was_meant() {
    let directory = tempfile::TempDir::new().unwrap();
    for (arguments, words) in [
        (&["pul"][..], "'pull'"),
        (&["check", "--format", "jsn"], "'json'"),
        (&["check", "--color", "blue"], "possible values: auto, always, never"),
        (&["diff", "dataverse"], "<DIRECTORY|URL>"),
        (&[], "Usage: cargo dataverse"),
    ] {
        let (code, out, error) = run(directory.path(), arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{error}");
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn completions_know_the_commands_of_each_shell() {
    let directory = tempfile::TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, error) = run(directory.path(), &["completions", shell]);
        assert_eq!((code, error.as_str()), (0, ""));
        for word in ["cargo-dataverse", "generate", "completions", "metadata"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(run(directory.path(), &["completions", "cmd"]).0, 2);
}

#[test]
fn findings_end_with_what_to_do_next() {
    let project = drifted();
    let (out, _) = check(&project, &[], &[]);
    assert!(
        out.ends_with("1 breaking\nrun `cargo dataverse pull` and `cargo dataverse generate`, then compile: the errors show what to change\n"),
        "{out}"
    );
    let (_, pulled, _) = project.run(&["pull"]);
    assert!(pulled.ends_with("1 breaking\nrun `cargo dataverse generate`\n"), "{pulled}");
    let (code, out, _) = project.run(&["generate", "--check"]);
    assert_eq!(code, 1);
    assert_eq!(
        out,
        "src/tables/new_machine.rs is not what `cargo dataverse generate` writes\nrun `cargo dataverse generate`, and commit what it writes\n"
    );
}

#[test]
fn sarif_names_its_rules_and_the_lines() {
    let project = drifted();
    let (out, _) = check(&project, &[], &["--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&out).unwrap();
    let run = &sarif["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    let result = &run["results"][0];
    // A `ruleIndex` that differs from `ruleId` is invalid (SARIF 2.1.0, 3.27.6).
    assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()], result["ruleId"]);
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/tables/new_machine.rs");
}
