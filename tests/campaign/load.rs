//! `serve` under thousands of connections: clients that are right are answered right, memory stays bounded, and nothing
//! ends the server.
//!
//! `TIMDOC_CONNECTIONS`: idle, slow and half-open connections that are opened (3,000). `TIMDOC_REQUESTS`: right requests
//! while they are there (4,000). `TIMDOC_GARBAGE`: connections with garbage (2,000).
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "../support/command.rs"]
mod command;
#[path = "../support/http.rs"]
mod http;
#[path = "../support/many.rs"]
mod many;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use command::Desk;
use http::{Answer, Server};
use many::Numbers;

const SEED: u64 = 0x10ad;
/// Resident bytes that the server may have.
const MEMORY: usize = 150_000_000;

fn size(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// Resident bytes of a process; 0 where a system does not say.
fn resident(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0) * 1000
}

#[test]
fn campaign() {
    println!("load: seed {SEED:#x}");
    let desk = Desk::new();
    let content: Vec<u8> = (0..8_000_000u32).map(|at| (at / 3) as u8).collect();
    desk.write("site/large.bin", &content);
    desk.write("site/small.txt", "nhỏ");
    let mut server = Server::of(&desk.name("site"), &[]);
    let before = resident(server.id());
    let (cases, lost, most) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let case = |name: &str, fine: bool| {
        cases.fetch_add(1, Ordering::Relaxed);
        if !fine {
            lost.fetch_add(1, Ordering::Relaxed);
            println!("LOST {name}");
        }
    };
    let going = AtomicBool::new(true);
    let connections = size("TIMDOC_CONNECTIONS", 3_000);
    let requests = size("TIMDOC_REQUESTS", 4_000);
    let process = server.id();
    std::thread::scope(|scope| {
        // Those that are silent, send a byte now and then, or never read what they asked for.
        scope.spawn(|| {
            let mut open: Vec<(usize, TcpStream)> = Vec::new();
            let mut opened = 0;
            while going.load(Ordering::Relaxed) || opened < connections {
                if opened < connections
                    && let Ok(mut stream) = TcpStream::connect(&server.address)
                {
                    let _ = stream.set_nonblocking(true);
                    if opened % 3 == 2 {
                        let ask = format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
                        let _ = stream.write_all(ask.as_bytes());
                    }
                    open.push((opened, stream));
                    opened += 1;
                }
                if opened % 200 == 0 {
                    for (number, stream) in &mut open {
                        if *number % 3 == 1 {
                            let _ = stream.write(b"G");
                        } else if *number % 6 == 5 {
                            let _ = stream.read(&mut [0]);
                        }
                    }
                    // As many as a process may have open are not much more than a thousand.
                    let many = open.len().saturating_sub(700);
                    open.drain(..many);
                    std::thread::sleep(Duration::from_millis(10));
                }
                if opened >= connections {
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
        });
        let right = scope.spawn(|| {
            std::thread::scope(|inner| {
                for worker in 0..4 {
                    let (server, content, case, most) = (&server, &content, &case, &most);
                    inner.spawn(move || {
                        let mut numbers = Numbers(SEED + worker);
                        for number in 0..requests / 4 {
                            let fine = match number % 3 {
                                0 => server.get("/small.txt").body == "nhỏ".as_bytes(),
                                1 if number % 30 == 1 => server.get("/large.bin").body == *content,
                                _ => {
                                    let first = numbers.below(content.len());
                                    let last = (first + numbers.below(5_000)).min(content.len() - 1);
                                    let answer =
                                        server.ask("GET", "/large.bin", &format!("Range: bytes={first}-{last}\r\n"));
                                    answer.status == 206 && answer.body == content[first..=last]
                                }
                            };
                            case("a right request", fine);
                            most.fetch_max(resident(process), Ordering::Relaxed);
                        }
                    });
                }
            });
        });
        right.join().unwrap();
        going.store(false, Ordering::Relaxed);
    });
    let mut numbers = Numbers(SEED);
    for _ in 0..size("TIMDOC_GARBAGE", 2_000) {
        let length = numbers.below(600);
        let mut bytes: Vec<u8> = (0..length).map(|_| numbers.below(256) as u8).collect();
        if numbers.below(2) == 0 {
            bytes = [b"GET / HTTP/1.1\r\n".to_vec(), bytes].concat();
        }
        bytes.extend(b"\r\n\r\n");
        let mut stream = server.connect();
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = Answer::of(&answer);
        case("garbage", answer.status == 0 || (400..500).contains(&answer.status));
    }
    case("it runs on", server.runs() && server.get("/small.txt").status == 200);
    let most = most.into_inner();
    case("memory", most < MEMORY);
    println!(
        "{connections} idle, slow and half-open connections, {requests} right requests beside them; resident {:.1} MB before, at most {:.1} MB",
        before as f64 / 1e6,
        most as f64 / 1e6
    );
    let (cases, lost) = (cases.into_inner(), lost.into_inner());
    println!("load: {cases} cases, {lost} lost");
    assert_eq!(lost, 0);
}
