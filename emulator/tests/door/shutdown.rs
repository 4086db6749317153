//! Stopping a service that has requests.

use std::net::TcpStream;
use std::time::Duration;

use dataverse_emulator::{Emulator, Fault, ServerOptions};
use dataverse_entity::client::{Client, NoToken};
use dataverse_entity::message::WhoAmI;

/// `Server::shutdown` answers the requests in progress, closes idle connections and frees the port.
#[test]
fn a_shutdown_answers_requests_in_progress() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let emulator = Emulator::new();
        let server = emulator.serve(ServerOptions::default()).await.unwrap();
        let address = server.address();
        let idle = TcpStream::connect(address).unwrap();
        let client = Client::builder(server.organization().unwrap(), NoToken).build().unwrap();
        let (arrived, arrival) = std::sync::mpsc::channel();
        emulator.inject(Fault::delay(Duration::from_millis(300)).when(move |_, _| arrived.send(()).is_ok()));
        let under_way = tokio::spawn(async move { client.execute(WhoAmI).await });
        tokio::task::block_in_place(|| arrival.recv().unwrap());
        tokio::time::timeout(Duration::from_secs(20), server.shutdown()).await.expect("it stops");
        under_way.await.unwrap().expect("the request is answered");
        assert!(TcpStream::connect(address).is_err(), "the port is free");
        drop(idle);
    });
}
