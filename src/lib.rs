//! txsleuth finds out what happened to a crypto deposit or withdrawal somebody is missing.
//!
//! This library is the program's own; its only promise to the outside is [`cli::run`].
//!
//! ```text
//!     subject ──► claim ──► evidence ──► diagnosis ──► report
//!      typed      said      seen, by      follows       told
//!                           whom, when    (pure)        text · markdown · html · json
//! ```
//!
//! Data flows one way, and the tree shows it (`tests/layers.rs` holds who may import whom):
//!
//! ```text
//! main.rs          the process
//! lib.rs           this map
//! terms/           words every stage shares: amount, network, bridge, address, txid, and who said or saw what
//!   family/          one file a family of networks: its identifiers, addresses, chains and habits; nobody but terms/,
//!                    sources/chain/ and the rules knows one by name
//! subject/       1 what was typed, made clean and told apart by its shape; links to explorers
//! claim/         2 what the complaint says: flags, ticket, ledger; and who said each part
//!   reading/         complaints as people write them, in three languages: what they claim, where it stands, and
//!                    what must not be kept; page.rs makes a text plain, lexicon.rs finds its words, words/ are tables
//! evidence/      3 what was seen
//!   observation.rs   what one chain source said of one transaction, and whether it was fit to say it
//!   crossing.rs      what leaves a network over a rollup's bridge, and what is known of its arrival
//!   merge/           what all sources of a network say together: agreement, contradiction, or nothing;
//!                    ahead.rs: what lies ahead of a transaction that is in no block; proof.rs: what is proven
//!   search.rs        what a search for payments found, and how much of the stretch it looked through
//!   ledger.rs        the ledger's records, in the shapes of its contract
//! inquiry/         what to ask next, given what is known (pure): of chain sources, of the ledger; and which of the
//!                  payments that were found a claim without an identifier means
//! diagnosis/     4 what follows (pure: no clock, no I/O)
//!   case/            one transaction of one claim: the questions a rule may ask, in the domain's words:
//!                    where the value went, what took its place, what the ledger made of it, what was
//!                    ordered and delivered
//!   checks.rs        the ten facts that every report shows
//!   follow.rs        whether time can still change what was concluded, and how soon to look again
//!   engine.rs        how the rules' conclusions become one diagnosis; what ignorance stops
//!   rules/           every finding code: one literal each, one file a group, the order is precedence
//! profile/         what exchanges have published (confirmations, recovery, where to complain), each figure with its
//!                  source: data that the configuration hands to policy and report
//! report/        5 how it is told
//!   document/        the machine's document, schema txsleuth.diagnosis/1
//!   payments.rs      what a search found, schema txsleuth.payments/1
//!   letter/          what customers and other platforms are told, schema txsleuth.letter/1
//!   stats/           what many results come to, schema txsleuth.stats/1
//!   text.rs          the terminal; markdown.rs a note in a ticket desk
//!   page/            one page of HTML that fetches and runs nothing: tables, and drawings of the payment's path, of
//!                    time and of depth; its templates are in templates/
//!   words.rs         the words of every code, from locales/
//!   sanitize.rs      untrusted text made harmless
//! sources/         who is asked; a failure of the way becomes a gap
//!   chain/           one part a protocol: esplora/, bitcoin_rpc/, blockbook/, evm/, tron/, xrpl/, solana/, ton/; evm/ in
//!                    three dialects: of nodes, Blockscout and Etherscan; what each proves is its proof.rs
//!     header_chain.rs  Bitcoin's paths, work and linked headers, checked here
//!   ledger/          one file a connector, and the contract as an OpenAPI document; account.rs: what accounts at exchanges
//!                    share; query_signed.rs: those that sign in the query
//!     mapped/          an API that is there already, read by a map; presets are TOML beside it
//!   desk/            one file a connector; reading.rs: what all share; note.rs, attach.rs: the note that goes back
//! net/             how bytes travel: one door to network and files; limits, retries, recording, replay;
//!                  rpc.rs, group.rs, whole.rs: questions of many cases in one request; learnt.rs: how much services take;
//!                  writing.rs: the one way in which anything outside is changed; signing.rs, scheme.rs: how requests
//!                  are signed
//! sleuth.rs        the five steps in order; the only orchestration
//! cli/             how it is asked: one file a command, the configuration, exit codes, bundles
//! ```
//!
//! Three decisions carry it. [`terms::Seen`] is yes, no or unknown, and only an answer can be cited, so that
//! no finding rests on ignorance. A finding code is one literal in [`diagnosis`]'s rules, plus its words and
//! a fixture. Record and replay live in [`net`], so that a replayed run cannot reach the network and a
//! recording holds no secret.
//!
//! | to add | touch |
//! | --- | --- |
//! | a finding over known evidence | one literal in `diagnosis/rules/`, its words in `locales/`, a row in `tests/rules.rs` |
//! | a protocol of a known family, a ledger, a desk | one file below `sources/`, one line in that folder's list of kinds |
//! | a command | one file in `cli/`, two lines in `cli/mod.rs` |
//! | a family of networks | a file in `terms/family/` and its line in `Family`, a folder below `sources/chain/` and its line in the list of kinds |
//! | a built-in network | a table in `cli/networks.toml` |

pub mod claim;
pub mod cli;
pub mod diagnosis;
pub mod evidence;
pub mod inquiry;
pub mod net;
pub mod profile;
pub mod report;
pub mod sleuth;
pub mod sources;
pub mod subject;
pub mod terms;
