//! Accounts at exchanges: every connector against a server that checks signatures, clocks and pages as the exchange does.
//! Here is what all have in common; each exchange has a file.

use std::sync::Arc;

use hmac::{Hmac, Mac as _};
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::runtime::Runtime;
use txsleuth::evidence::{AddressRecord, Deposit, NetworkPolicy, Span, Withdrawal};
use txsleuth::net::{Auth, Keys, Limits, Net, SecretRef, Service, Signing};
use txsleuth::sources::Line;
use txsleuth::sources::ledger::{Hints, Kind, kind};
use txsleuth::terms::{Family, Gap, Seen, Txid};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::stub::{NOW, Running, now, world};
use crate::support::Ran;

pub(crate) const KEY: &str = "demo-access-key";
pub(crate) const SECRET: &str = "TXSLEUTH-DEMO-SECRET-0001";
pub(crate) const PASSPHRASE: &str = "demo-passphrase";
/// A minute before the program asks, in milliseconds; and a day.
pub(crate) const LATELY: i64 = (NOW - 60) * 1000;
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// A running exchange.
pub(crate) struct Exchange {
    runtime: Runtime,
    server: MockServer,
    kind: &'static Kind,
}

impl Exchange {
    pub(crate) fn start(name: &str, answer: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
            server
        });
        Self { runtime, server, kind: kind(name).unwrap() }
    }

    /// Asks the connector, as somebody whose clock is this many seconds ahead.
    pub(crate) fn ask<T>(&self, ahead: i64, question: impl AsyncFnOnce(&Kind, Line<'_>) -> T) -> T {
        self.ask_as(SECRET, ahead, question)
    }

    /// The same with a secret of one's own.
    pub(crate) fn ask_as<T>(
        &self,
        secret: &'static str,
        ahead: i64,
        question: impl AsyncFnOnce(&Kind, Line<'_>) -> T,
    ) -> T {
        let own = |name: &str| SecretRef::Env(name.to_owned());
        let keys = |sign| {
            let (key, secret, passphrase) = (own("KEY"), own("SECRET"), Some(own("PASSPHRASE")));
            Keys { key, secret, passphrase, sign: Signing::Own(sign) }
        };
        let service = Service {
            name: "ledger".into(),
            url: self.server.uri().into(),
            root: None,
            key: None,
            auth: self.kind.public.map_or(Auth::None, |(_, sign)| Auth::Signed(keys(sign))),
            operator: self.kind.name.into(),
            kind: self.kind.name.into(),
            redact: None,
            limits: Limits { requests_per_second: 0, ..Limits::default() },
        };
        let secrets = move |kept: &SecretRef| match kept {
            SecretRef::Env(name) if name == "KEY" => Ok(KEY.to_owned().into()),
            SecretRef::Env(name) if name == "SECRET" => Ok(secret.to_owned().into()),
            _ => Ok(PASSPHRASE.to_owned().into()),
        };
        let net =
            Net::live(vec![service], Arc::new(secrets), Arc::new(move || now() + SignedDuration::from_secs(ahead)));
        self.runtime.block_on(question(self.kind, Line { net: &net, service: "ledger" }))
    }

    pub(crate) fn deposits(&self, txid: &str) -> Seen<Vec<Deposit>> {
        self.deposits_with(txid, &hints())
    }

    pub(crate) fn deposits_with(&self, txid: &str, hints: &Hints) -> Seen<Vec<Deposit>> {
        let txids = [txid_of(txid)];
        self.ask(0, async |kind, line| kind.ledger.deposits(line, &txids, hints).await.remove(0))
    }

    pub(crate) fn withdrawals(&self, txid: &str) -> Seen<Vec<Withdrawal>> {
        let (txids, hints) = ([txid_of(txid)], hints());
        self.ask(0, async |kind, line| kind.ledger.withdrawals(line, &txids, &hints).await.remove(0))
    }

    pub(crate) fn withdrawal(&self, id: &str) -> Seen<Withdrawal> {
        self.ask(0, async |kind, line| kind.ledger.withdrawal(line, id, &hints()).await)
    }

    /// The account's deposits of an asset between so many days ago, and so many.
    pub(crate) fn deposits_in(&self, asset: &str, since: i64, until: i64) -> Seen<Vec<Deposit>> {
        let span = span(asset, since, until);
        self.ask(0, async |kind, line| kind.ledger.deposits_in(line, &span, &hints()).await)
    }

    /// The same of its withdrawals.
    pub(crate) fn withdrawals_in(&self, asset: &str, since: i64, until: i64) -> Seen<Vec<Withdrawal>> {
        let span = span(asset, since, until);
        self.ask(0, async |kind, line| kind.ledger.withdrawals_in(line, &span, &hints()).await)
    }

    pub(crate) fn deposit(&self, id: &str) -> Seen<Deposit> {
        self.ask(0, async |kind, line| kind.ledger.deposit(line, id, &hints()).await)
    }

    pub(crate) fn policy(&self, network: &str) -> Seen<NetworkPolicy> {
        self.ask(0, async |kind, line| kind.ledger.policy(line, network).await)
    }

    pub(crate) fn addresses(&self, network: &str) -> Seen<Vec<AddressRecord>> {
        self.ask(0, async |kind, line| kind.ledger.addresses(line, "own", network, &hints()).await)
    }

    pub(crate) fn keys(&self) -> Seen<Vec<String>> {
        self.ask(0, async |kind, line| kind.ledger.keys(line).await)
    }

    /// The gap that asking with this clock leaves.
    pub(crate) fn refused_clock(&self, ahead: i64, txid: &str) -> Gap {
        let (txids, hints) = ([txid_of(txid)], hints());
        gap(self.ask(ahead, async |kind, line| kind.ledger.deposits(line, &txids, &hints).await.remove(0)))
    }

    /// The gap that asking with this secret leaves.
    pub(crate) fn refused_secret(&self, secret: &'static str, txid: &str) -> Gap {
        let (txids, hints) = ([txid_of(txid)], hints());
        gap(self.ask_as(secret, 0, async |kind, line| kind.ledger.deposits(line, &txids, &hints).await.remove(0)))
    }

    /// Path and query of every request.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap_or_default();
        requests.iter().map(|request| request.url[url::Position::BeforePath..].to_owned()).collect()
    }

    /// The header `Authorization` of every request that has one.
    pub(crate) fn shown(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap_or_default();
        let shown = |request: &Request| Some(request.headers.get("authorization")?.to_str().ok()?.to_owned());
        requests.iter().filter_map(shown).collect()
    }

    /// A world with 500 USDT on their way to the account, whose ledger is this exchange.
    fn world(&self) -> Running {
        self.world_as(SECRET)
    }

    /// The same for somebody with another secret.
    fn world_as(&self, own: &str) -> Running {
        let running = world().start();
        let path = running.folder.path().join("txsleuth.toml");
        let config = std::fs::read_to_string(&path).unwrap();
        let ledger = format!(
            "ledger = {{ kind = \"{}\", url = \"{}\", key_env = \"EXCHANGE_KEY\", secret_file = \"secret\", \
             passphrase_env = \"EXCHANGE_PASSPHRASE\" }}",
            self.kind.name,
            self.server.uri()
        );
        let lines = config.lines().map(|line| if line.starts_with("ledger = ") { ledger.as_str() } else { line });
        std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
        let secret = running.folder.path().join("secret");
        std::fs::write(&secret, format!("{own}\n")).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        running
    }

    /// The document of a check in that world.
    pub(crate) fn check(&self, args: &[&str]) -> Value {
        run(&self.world(), args).json()
    }

    /// The same, and how the process ended.
    pub(crate) fn checked(&self, args: &[&str]) -> (Value, u8) {
        let ran = run(&self.world(), args);
        (ran.json(), ran.code)
    }

    /// The document of a check in that world by somebody with another secret.
    pub(crate) fn check_as(&self, secret: &str, args: &[&str]) -> Value {
        run(&self.world_as(secret), args).json()
    }

    /// What `sources` says of the ledger in that world.
    pub(crate) fn source(&self) -> Value {
        let vars = [("EXCHANGE_KEY", KEY), ("EXCHANGE_PASSPHRASE", PASSPHRASE)];
        let rows = self.world().run(&["sources", "--format", "json"], &vars).json();
        rows.as_array().unwrap().iter().find(|row| row["service"] == "ledger").unwrap().clone()
    }

    /// A recording of a check tells nothing of the keys, nor of when and how it was signed, and replays to the same end.
    pub(crate) fn keeps_no_secret(&self, txid: &str) {
        let world = self.world();
        let bundle = world.folder.path().join("bundle");
        let ran = run(&world, &[txid, "--bundle", bundle.to_str().unwrap()]);
        let files = std::fs::read_dir(&bundle).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()));
        let mut texts: Vec<String> = files.map(Result::unwrap).collect();
        assert!(texts.len() > 1 && texts.iter().any(|text| text.contains(self.kind.name)), "the bundle has files");
        texts.extend([ran.out.clone(), ran.err]);
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap();
        let in_query = requests.iter().flat_map(|request| request.url.query_pairs().into_owned().collect::<Vec<_>>());
        let signatures = in_query.filter(|(name, _)| name == "signature").map(|(_, value)| value);
        let header = |request: &Request| Some(request.headers.get("ok-access-sign")?.to_str().ok()?.to_owned());
        // Of a token every part is one: the claims tell key and time.
        let tokens = self.shown().into_iter().flat_map(|token| {
            token.trim_start_matches("Bearer ").split('.').skip(1).map(str::to_owned).collect::<Vec<_>>()
        });
        let signatures = signatures.chain(requests.iter().filter_map(header));
        let signatures: Vec<String> = signatures.chain(tokens).collect();
        assert!(!signatures.is_empty());
        let words = ["&timestamp=", "?timestamp=", "signature=", KEY, SECRET, PASSPHRASE].map(str::to_owned);
        for secret in words.iter().chain(&signatures) {
            assert!(!texts.iter().any(|text| text.contains(secret)), "{secret} is told");
        }
        let again = world.run(&["check", "--replay", bundle.to_str().unwrap(), "--format", "json"], &[]);
        assert_eq!(again.json()["findings"], serde_json::from_str::<Value>(&ran.out).unwrap()["findings"]);
    }
}

fn run(world: &Running, args: &[&str]) -> Ran {
    let args: Vec<&str> =
        ["check"].iter().chain(args).chain(&["--network", "ethereum", "--format", "json"]).copied().collect();
    world.run(&args, &[("EXCHANGE_KEY", KEY), ("EXCHANGE_PASSPHRASE", PASSPHRASE)])
}

pub(crate) fn txid_of(text: &str) -> Txid {
    let families: &[Family] = if text.starts_with("0x") { &[Family::Evm] } else { &[Family::Bitcoin, Family::Solana] };
    families.iter().find_map(|family| Txid::parse(*family, text)).unwrap()
}

fn span(asset: &str, since: i64, until: i64) -> Span {
    let ago = |days: i64| now() - SignedDuration::from_hours(days * 24);
    Span { account: "own".into(), asset: Some(asset.into()), since: ago(since), until: ago(until) }
}

/// A transfer of this day.
pub(crate) fn hints() -> Hints {
    Hints { assets: vec!["USDT".to_owned()], at: Some(now()), now: now() }
}

pub(crate) fn gap<T: std::fmt::Debug>(seen: Seen<T>) -> Gap {
    match seen {
        Seen::Unknown(gap) => gap,
        other => panic!("no gap but {other:?}"),
    }
}

pub(crate) fn only<T: Clone + std::fmt::Debug>(seen: &Seen<Vec<T>>) -> T {
    match seen {
        Seen::Yes(all, _) if all.len() == 1 => all[0].clone(),
        other => panic!("not one record: {other:?}"),
    }
}

/// The finding that decides and the verdict.
pub(crate) fn decisive(document: &Value) -> (&str, &str) {
    let findings = document["findings"].as_array().unwrap();
    let decisive = findings.iter().find(|finding| finding["decisive"] == true).unwrap_or(&findings[0]);
    (decisive["code"].as_str().unwrap(), document["verdict"].as_str().unwrap())
}

/// A parameter of a request.
pub(crate) fn parameter(request: &Request, name: &str) -> Option<String> {
    request.url.query_pairs().find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
}

/// The same as a number.
pub(crate) fn number(request: &Request, name: &str) -> Option<i64> {
    parameter(request, name)?.parse().ok()
}

pub(crate) fn hmac(text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

/// What is wrong with a request that is signed in its query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Key,
    Signature,
    Clock,
}

/// Checks key, signature and clock as Binance and MEXC do, with their window of five seconds.
pub(crate) fn query_signed(request: &Request, header: &str) -> Option<Wrong> {
    if request.headers.get(header).and_then(|value| value.to_str().ok()) != Some(KEY) {
        return Some(Wrong::Key);
    }
    let (signed, signature) = request.url.query().and_then(|query| query.rsplit_once("&signature="))?;
    let own: String = hmac(signed).iter().map(|byte| format!("{byte:02x}")).collect();
    if own != signature {
        return Some(Wrong::Signature);
    }
    let (at, now) = (number(request, "timestamp").unwrap_or(0), now().as_millisecond());
    (at >= now + 1000 || now - at > 5000).then_some(Wrong::Clock)
}

/// The rows of a list by time, newest first.
pub(crate) fn between(rows: &[Value], request: &Request, time: fn(&Value) -> i64) -> Vec<Value> {
    let (from, to) = (number(request, "startTime").unwrap_or(0), number(request, "endTime").unwrap_or(i64::MAX));
    let mut rows: Vec<Value> = rows.iter().filter(|row| (from..=to).contains(&time(row))).cloned().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(time(row)));
    let skip = usize::try_from(number(request, "offset").unwrap_or(0)).unwrap();
    let limit = usize::try_from(number(request, "limit").unwrap_or(1000)).unwrap();
    rows.into_iter().skip(skip).take(limit).collect()
}

/// A refusal of a code and a message.
pub(crate) fn refusal(status: u16, code: i64) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"code": code, "msg": "as documented"}))
}

pub(crate) fn answer(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// The finding that decides.
pub(crate) fn code_of(document: &Value) -> &str {
    decisive(document).0
}

pub(crate) fn finding<'a>(document: &'a Value, code: &str) -> Option<&'a Value> {
    document["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code)
}
