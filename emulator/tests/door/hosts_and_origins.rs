//! Requests of browsers. A browser sends a page's requests to any port of the machine; their `Host` and
//! `Origin` differ from those of programs.

use dataverse_emulator::{Emulator, ServerOptions};

use crate::wire::Door;

const CREATE: &str = r#"{"name":"from a page"}"#;
const JSON: &str = "Content-Type: application/json";

#[test]
fn a_foreign_host_is_refused() {
    let door = Door::new();
    let port = door.address().port();
    for host in [
        format!("localhost:{port}"),
        format!("LocalHost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ] {
        door.send("GET", "WhoAmI", &[&format!("Host: {host}")], "").expect(200);
    }
    // A page whose host name resolves to this machine after the browser has loaded it (DNS rebinding), and
    // similar names.
    for host in [
        format!("attacker.example:{port}"),
        "attacker.example".to_owned(),
        "localhost".to_owned(),
        format!("localhost:{}", port ^ 1),
        format!("localhost.attacker.example:{port}"),
        format!("127.0.0.1.attacker.example:{port}"),
        format!("0.0.0.0:{port}"),
        format!("127.0.0.2:{port}"),
        format!("xlocalhost:{port}"),
    ] {
        let host = format!("Host: {host}");
        door.send("GET", "accounts", &[&host], "").refused(421, "is not that of this service");
        door.send("POST", "accounts", &[&host, JSON], CREATE).refused(421, "--allow-host");
    }
    // The host of an absolute target counts, not the header.
    let own = format!("Host: {}", door.address());
    let target = |host: &str| format!("GET http://{host}/api/data/v9.2/WhoAmI HTTP/1.1\r\n{own}\r\n\r\n");
    door.raw(target("attacker.example")).refused(421, "attacker.example");
    door.raw(target(&door.address().to_string())).expect(200);
    assert_eq!(door.accounts(), 0);
}

#[test]
fn pages_of_other_origins_are_refused() {
    let door = Door::new();
    for origin in [
        "https://attacker.example",
        "http://localhost",
        "http://localhost:3000",
        "http://127.0.0.1:1",
        "null",
        "file://",
        "chrome-extension://abcdefgh",
        "nonsense",
        "",
    ] {
        let origin = format!("Origin: {origin}");
        door.send("GET", "accounts", &[&origin], "").refused(403, "may not send requests");
        door.send("POST", "accounts", &[&origin, JSON], CREATE).refused(403, "--allow-origin");
        let answer = door.send(
            "OPTIONS",
            "accounts",
            &[&origin, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type"],
            "",
        );
        assert_eq!(answer.header("access-control-allow-origin"), None);
        answer.refused(403, "may not send requests");
    }
    let (both, own) = (format!("Origin: http://{}", door.address()), "Origin: https://attacker.example");
    door.send("GET", "accounts", &[&both, own], "").refused(403, "may not");
    assert_eq!(door.accounts(), 0);
}

/// Browsers send `Sec-Fetch-Site` with requests that have no `Origin`: images, scripts, frames and links.
#[test]
fn requests_of_other_sites_are_refused() {
    let door = Door::new();
    for site in ["cross-site", "same-site"] {
        let site = format!("Sec-Fetch-Site: {site}");
        door.send("GET", "accounts", &[&site, "Sec-Fetch-Mode: no-cors"], "").refused(403, "another origin");
    }
    // The address line, a bookmark, and pages of the service itself.
    for site in ["none", "same-origin"] {
        door.send("GET", "accounts", &[&format!("Sec-Fetch-Site: {site}")], "").expect(200);
    }
}

#[test]
fn the_service_is_an_origin_itself() {
    let door = Door::new();
    let port = door.address().port();
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let origin = format!("Origin: http://{host}:{port}");
        door.send("POST", "accounts", &[&origin, JSON], CREATE).expect(204);
    }
    let tls = format!("Origin: https://localhost:{port}");
    door.send("POST", "accounts", &[&tls, JSON], CREATE).refused(403, "may not");
    assert_eq!(door.accounts(), 3);
}

#[test]
fn allowed_hosts_are_accepted() {
    let options = ServerOptions::default().allow_host("dataverse.test").allow_host("proxy.test:8080");
    let door = Door::with(options);
    let send = |host: &str| door.send("GET", "WhoAmI", &[&format!("Host: {host}")], "").status;
    for (host, status) in [
        ("dataverse.test", 200),
        ("dataverse.test:1", 200),
        ("Dataverse.Test", 200),
        ("proxy.test:8080", 200),
        ("proxy.test", 421),
        ("proxy.test:8081", 421),
        ("x.dataverse.test", 421),
    ] {
        assert_eq!(send(host), status, "{host}");
    }
    // The URLs in an answer have the host that the caller used.
    let answer = door.send("GET", "WhoAmI", &["Host: dataverse.test"], "").expect(200);
    assert!(answer.body.contains("http://dataverse.test/api/data/v9.2/$metadata"), "{}", answer.body);
}

#[test]
fn beyond_loopback_any_host_but_no_foreign_origin_is_accepted() {
    let door = Door::with(ServerOptions::default().host("0.0.0.0".parse().unwrap()).beyond_loopback(true));
    let door = |headers: &[&str]| {
        let request = door.request("GET", "WhoAmI", headers, "");
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", door.address().port())).unwrap();
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        crate::wire::read(&mut stream)
    };
    door(&["Host: emulator.lan:5080"]).expect(200);
    door(&["Host: 192.0.2.7"]).expect(200);
    door(&["Host: emulator.lan:5080", "Origin: http://emulator.lan:5080"]).refused(403, "may not");
    door(&["Host: emulator.lan:5080", "Origin: https://attacker.example"]).refused(403, "may not");
}

#[test]
fn malformed_hosts_and_origins_are_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let wrong =
        |options: ServerOptions| runtime.block_on(Emulator::new().serve(options)).unwrap_err().to_string();
    for origin in ["localhost:3000", "null", "*", "http://localhost:3000/app", "http://user@localhost"] {
        let message = wrong(ServerOptions::default().allow_origin(origin));
        assert!(message.contains(&format!("`{origin}` is not an origin")), "{message}");
    }
    for host in ["http://x", "a b", "user@x"] {
        let message = wrong(ServerOptions::default().allow_host(host));
        assert!(message.contains(&format!("`{host}` is not a host")), "{message}");
    }
}

/// Asserts the same refusals within TLS.
#[test]
fn tls_refuses_the_same() {
    let door = Door::with(ServerOptions::default().tls(true));
    let port = door.address().port();
    let pem = door.server.certificate().unwrap();
    let trusted = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([trusted]).build().unwrap();
    let status = |header: &str, value: String| {
        let request =
            client.get(format!("{}/api/data/v9.2/accounts", door.server.url())).header(header, value);
        door.runtime.block_on(request.send()).unwrap().status().as_u16()
    };
    assert_eq!(status("Accept", "application/json".to_owned()), 200);
    assert_eq!(status("Host", format!("attacker.example:{port}")), 421);
    assert_eq!(status("Origin", "https://attacker.example".to_owned()), 403);
    assert_eq!(status("Origin", format!("http://localhost:{port}")), 403);
    assert_eq!(status("Origin", format!("https://localhost:{port}")), 200);
    assert_eq!(status("Sec-Fetch-Site", "cross-site".to_owned()), 403);
    // A request without TLS to a port with TLS.
    door.send("GET", "accounts", &[], "").refused(400, "https://");
}
