//! Where tokens come from, and where they do not go.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::{MACHINE, Project};
use crate::server::{Answer, FakeOrg, Seen};

fn authorization(seen: &Seen) -> &str {
    let line = seen.head.lines().find(|line| line.to_lowercase().starts_with("authorization:"));
    line.map_or("", |line| line.split_once(':').unwrap().1.trim())
}

/// Runs a command with these variables; without those of the machine.
fn pull(project: &Project, variables: &[(&str, &str)]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-dataverse"));
    command.arg("pull").current_dir(project.path("."));
    for name in ["DATAVERSE_TOKEN", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Whether a file below a directory has a text.
fn is_stored(directory: &Path, text: &str) -> bool {
    fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => is_stored(&path, text),
        false => String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(text),
    })
}

#[test]
fn the_variable_holds_the_token_and_nothing_else_does() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    let address = project.address();
    let org = FakeOrg::start(move |_| Answer::Of(address));
    project.use_org(&org.url);
    project.edit("token = \"none\"", "token = \"environment\"");
    let (code, out, error) = pull(&project, &[("DATAVERSE_TOKEN", "eyJ0secret\n")]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(org.seen().iter().all(|seen| authorization(seen) == "Bearer eyJ0secret"));
    assert!(!out.contains("eyJ0secret") && !is_stored(&project.path("."), "eyJ0secret"));
    for (value, problem) in [
        ("", "there is no token: the variable DATAVERSE_TOKEN is not set"),
        ("Bearer eyJ0secret", "DATAVERSE_TOKEN starts with `Bearer`, which is not a part of the token"),
        ("eyJ0 secret", "DATAVERSE_TOKEN is not a token: it has characters that no header can hold"),
    ] {
        let (code, _, error) = pull(&project, &[("DATAVERSE_TOKEN", value)]);
        assert_eq!(code, 3);
        assert!(error.starts_with(&format!("error: {problem}\nhelp: set the variable")), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn the_azure_cli_is_asked_again_when_a_token_expires() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::new(&[MACHINE], r#"["new_machine", "team"]"#);
    let address = project.address();
    // The org takes the first token for three requests.
    let org = FakeOrg::start({
        let count = std::sync::atomic::AtomicUsize::new(0);
        move |seen| {
            let is_old = authorization(seen) == "Bearer eyJ0secret1";
            let count = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            match is_old && count >= 3 {
                true => Answer::Text(401, "", String::new()),
                false => Answer::Of(address),
            }
        }
    });
    project.use_org(&org.url);
    project.edit("token = \"none\"", "token = \"az\"");
    fs::create_dir(project.path("bin")).unwrap();
    let az = project.path("bin/az");
    let script = "#!/bin/sh\necho \"$@\" >> az.log\ncount=$(wc -l < az.log)\n\
                  printf '{\"accessToken\": \"eyJ0secret%d\", \"expires_on\": 4102444800}' $count\n";
    fs::write(&az, script).unwrap();
    fs::set_permissions(&az, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", project.path("bin").display());
    let (code, out, error) = pull(&project, &[("PATH", &path)]);
    assert_eq!((code, out.as_str(), error.as_str()), (0, "2 tables in dataverse\n", ""));
    let asked = fs::read_to_string(project.path("az.log")).unwrap();
    assert_eq!(asked, format!("account get-access-token --output json --resource {}\n", org.url).repeat(2));
    assert!(org.seen().iter().any(|seen| authorization(seen) == "Bearer eyJ0secret2"));
    assert!(
        !is_stored(&project.path("dataverse"), "eyJ0secret")
            && !is_stored(&project.path(".dataverse"), "eyJ0secret")
    );

    for (script, problem) in [
        (
            "#!/bin/sh\necho 'Please run az login' >&2\nexit 1\n",
            "`az account get-access-token` failed: Please run az login",
        ),
        ("#!/bin/sh\necho eyJ0secret3\n", "`az account get-access-token` printed no JSON with `accessToken`"),
    ] {
        fs::write(&az, script).unwrap();
        let (code, _, error) = pull(&project, &[("PATH", &path)]);
        assert_eq!(code, 3);
        assert!(error.contains(problem) && error.contains("help: no token could be obtained"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
    let (code, _, error) = pull(&project, &[("PATH", "/nowhere")]);
    assert_eq!(code, 3);
    assert!(
        error.contains("the Azure CLI (`az`) cannot be run: ") && error.contains("install it"),
        "{error}"
    );
}

#[cfg(not(feature = "azure"))]
#[test]
fn a_build_without_the_credentials_says_how_to_get_them() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    for token in ["client-secret", "developer-tools"] {
        project.edit("token = \"", &format!("token = \"{token}\" # \""));
        let (code, _, error) = pull(&project, &[]);
        assert_eq!(code, 2);
        assert!(
            error.ends_with("help: install it with `cargo install dataverse-codegen --features azure`\n"),
            "{error}"
        );
    }
}

#[cfg(feature = "azure")]
#[test]
fn an_app_registration_needs_three_variables() {
    let project = Project::new(&[MACHINE], r#"["new_machine"]"#);
    project.edit("token = \"none\"", "token = \"client-secret\"");
    let (code, _, error) =
        pull(&project, &[("AZURE_CLIENT_ID", "id"), ("AZURE_CLIENT_SECRET", "eyJ0secret")]);
    assert_eq!(code, 3);
    assert!(error.starts_with("error: there is no token: AZURE_TENANT_ID is not set\nhelp: "), "{error}");
    assert!(!error.contains("eyJ0secret"), "{error}");
}
