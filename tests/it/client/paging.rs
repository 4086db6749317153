//! Pages as a stream, which fetches one page ahead.

use std::time::Duration;

use dataverse_entity::Uuid;
use dataverse_entity::message::{Annotations, RequestOptions};
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SessionEvent;
use futures_util::{StreamExt, TryStreamExt};

use super::server::{Arrived, Server, Step, error, ok};
use super::{builder, client, run};

/// Three pages of two records, each with a link to the next.
fn page(request: &Arrived, number: usize) -> Step {
    let host = request.header("host").unwrap();
    let row = |row: usize| {
        let id = Uuid::from_u128((number * 2 + row) as u128);
        format!("{{\"msdyn_sessioneventid\":\"{id}\",\"msdyn_name\":\"{}\"}}", number * 2 + row)
    };
    let link = format!(
        ",\"@odata.nextLink\":\"http://{host}/api/data/v9.2/msdyn_sessionevents?$select=msdyn_name&$skiptoken=%3Cp%20n=%22{}%22/%3E\"",
        number + 2
    );
    let link = if number < 2 { link } else { String::new() };
    ok(format!("{{\"value\":[{},{}]{link}}}", row(0), row(1)))
}

#[test]
fn rows_come_in_order_and_links_are_followed_with_the_same_headers() {
    run(async {
        let server = Server::with(page).await;
        let options = RequestOptions::new().impersonate_object_id(Uuid::nil()).tag("import");
        let client = builder(&server).options(options).build().unwrap();
        let query = SessionEvent::query().page_size(2).annotations(Annotations::all());
        let names: Vec<_> =
            client.items(query).map_ok(|record| record.name.clone().unwrap()).try_collect().await.unwrap();
        assert_eq!(names, ["0", "1", "2", "3", "4", "5"]);
        let arrived = server.arrived();
        assert_eq!(arrived.len(), 3);
        for request in &arrived {
            assert_eq!(request.header("prefer"), Some("odata.maxpagesize=2,odata.include-annotations=\"*\""));
            assert_eq!(request.header("callerobjectid"), Some(&*Uuid::nil().to_string()));
        }
        assert!(arrived[0].target.ends_with("&tag=import"));
        // Byte for byte: the client decodes, encodes and adds nothing.
        assert_eq!(
            arrived[1].target,
            "/api/data/v9.2/msdyn_sessionevents?$select=msdyn_name&$skiptoken=%3Cp%20n=%222%22/%3E"
        );
    });
}

#[test]
fn a_link_that_reqwest_normalizes_means_the_same() {
    run(async {
        let server = Server::with(|request, number| match number {
            0 => {
                let host = request.header("host").unwrap();
                let odd = r#"a=!$&(),*+,;=:@/?~|{}^`[]%2f%2F%27.é'x'"#;
                let link = format!("http://{host}/api/data/v9.2/msdyn_sessionevents?{odd}");
                ok(serde_json::json!({ "value": [], "@odata.nextLink": link }).to_string())
            }
            _ => ok("{\"value\":[]}"),
        })
        .await;
        let pages: Vec<_> = client(&server).pages(SessionEvent::query()).collect().await;
        assert!(pages.iter().all(Result::is_ok), "{pages:?}");
        let target = &server.arrived()[1].target;
        assert_eq!(
            target,
            "/api/data/v9.2/msdyn_sessionevents?a=!$&(),*+,;=:@/?~|{}^`[]%2f%2F%27.%C3%A9%27x%27"
        );
    });
}

#[test]
fn exactly_one_page_is_fetched_ahead() {
    run(async {
        let server = Server::with(page).await;
        let mut pages = client(&server).pages(SessionEvent::query());
        assert_eq!(server.count(), 0, "no request before the stream is polled");
        pages.next().await.unwrap().unwrap();
        // Nothing polls the stream now.
        server.wait_for(2).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(server.count(), 2);
        pages.next().await.unwrap().unwrap();
        server.wait_for(3).await;
        pages.next().await.unwrap().unwrap();
        assert!(pages.next().await.is_none());
        assert_eq!(server.count(), 3);
    });
}

#[test]
fn dropping_the_stream_stops_the_requests() {
    run(async {
        let server = Server::with(|request, number| {
            if number == 0 {
                page(request, 0)
            } else {
                Step::Late(Duration::from_millis(50), 503, String::new())
            }
        })
        .await;
        let mut pages = client(&server).pages(SessionEvent::query());
        pages.next().await.unwrap().unwrap();
        server.wait_for(2).await;
        drop(pages);
        // If the stream still ran, it would send the request for the second page again.
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn an_error_is_the_last_item() {
    run(async {
        let server = Server::with(
            |request, number| if number == 0 { page(request, 0) } else { error(400, "0x80060888") },
        )
        .await;
        let items: Vec<_> = client(&server).items(SessionEvent::query()).collect().await;
        assert_eq!(items.len(), 3);
        assert_eq!(items[2].as_ref().unwrap_err().code(), Some(0x8006_0888));
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn a_link_to_another_host_is_not_followed() {
    run(async {
        let other = Server::start([]).await;
        let link = format!("{}/api/data/v9.2/x", other.url());
        let body = serde_json::json!({ "value": [], "@odata.nextLink": link }).to_string();
        let server = Server::with(move |_, _| ok(body.clone())).await;
        let pages: Vec<_> = client(&server).pages(SessionEvent::query()).collect().await;
        let error = pages[1].as_ref().unwrap_err();
        assert!(
            error.to_string().contains("it is not followed, because that would send the token there"),
            "{error}"
        );
        assert_eq!((pages.len(), server.count(), other.connections()), (2, 1, 0));
    });
}
