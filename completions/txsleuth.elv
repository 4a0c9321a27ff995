
use builtin;
use str;

set edit:completion:arg-completer[txsleuth] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'txsleuth'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'txsleuth'= {
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand check 'Investigate one case and print the diagnosis'
            cand batch 'Investigate many: CSV, NDJSON or one subject a line; a result for every row'
            cand find 'No transaction identifier? List the payments to an address that fit the claim'
            cand watch 'Follow one case until time alone changes nothing any more'
            cand verify 'Re-derive recorded cases offline; fails if a diagnosis changed'
            cand explain 'What a finding means, how it is detected, what to do'
            cand sources 'Which sources answer, how far they are synced, where each setting came from'
            cand profile 'What an exchange has published, each figure with its source'
            cand stats 'What the results of batch come to: counts, ages, sums, what comes back'
            cand read 'What a complaint''s text claims, as JSON with spans'
            cand init 'Write a commented configuration to start from'
            cand completions 'Print a shell''s completions'
            cand man 'Print the manual page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'txsleuth;check'= {
            cand --kind 'Deposit or withdrawal'
            cand --network 'The network that the transaction is on'
            cand --asset 'The asset''s ticker'
            cand --amount 'The amount in coin units'
            cand --address 'The address that should have been paid'
            cand --memo 'The memo or tag'
            cand --account 'The customer''s account'
            cand --at 'When it was sent: RFC 3339, or a date and time with --tz'
            cand --tz 'The time zone of --at, such as Asia/Seoul'
            cand --ticket 'The ticket of the complaint'
            cand --txid 'A transaction identifier; may be given several times'
            cand --lang 'The report''s language; without it the customer''s, else the configuration''s'
            cand --audience 'For whom the report is: staff, the customer, or the desk of the platform concerned'
            cand --to 'With --audience platform: the exchange that it goes to, where that is not the one of the configuration''s profile'
            cand --format 'How to print the diagnosis'
            cand --bundle 'Write diagnosis, report and recorded answers into a folder; with --audience, the letter and the chain''s answers only'
            cand --replay 'Decide a recorded case again, without network'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand --prove 'Ask for proofs that cost requests of their own: receipts on EVM networks, headers from Bitcoin nodes'
            cand --exit-code 'Let the verdict set the exit code'
            cand --attach 'Post the report on the ticket as a note for staff, once'
            cand --dry-run 'With --attach: tell on standard error what would be posted, and post nothing'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;batch'= {
            cand --out 'Write the results into a file instead of standard output'
            cand --concurrency 'Cases in flight'
            cand --format 'How to write the results'
            cand --for 'With --watch: write what is unfinished after so many minutes as it stands then'
            cand --lang 'The language of the headlines'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand --resume 'Go on where an earlier run into the same file ended'
            cand --force 'Write over an existing file'
            cand --full 'Write the whole document of every case, one a line'
            cand --unordered 'Write each result as soon as it is there, in any order'
            cand --watch 'Look into unfinished cases again, as often as fits their state, and write each result once it is final'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;find'= {
            cand --address 'The receiver of the payments'
            cand --account 'The customer''s account: without an address, those of the account are searched'
            cand --network 'The network; without it, every one that the address can be of'
            cand --asset 'The asset''s ticker'
            cand --amount 'The amount in coin units'
            cand --since 'The beginning of the stretch to search, by default 30 days ago: RFC 3339, or a date and time with --tz'
            cand --until 'The end of the stretch, by default now'
            cand --tz 'The time zone of --since and --until, such as Asia/Seoul'
            cand --from 'A sender, to find its transaction of one nonce'
            cand --nonce 'How many transactions the sender made before'
            cand --format 'How to print it'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;watch'= {
            cand --kind 'Deposit or withdrawal'
            cand --network 'The network that the transaction is on'
            cand --asset 'The asset''s ticker'
            cand --amount 'The amount in coin units'
            cand --address 'The address that should have been paid'
            cand --memo 'The memo or tag'
            cand --account 'The customer''s account'
            cand --at 'When it was sent: RFC 3339, or a date and time with --tz'
            cand --tz 'The time zone of --at, such as Asia/Seoul'
            cand --ticket 'The ticket of the complaint'
            cand --txid 'A transaction identifier; may be given several times'
            cand --lang 'The report''s language; without it the customer''s, else the configuration''s'
            cand --audience 'For whom the report is: staff, the customer, or the desk of the platform concerned'
            cand --to 'With --audience platform: the exchange that it goes to, where that is not the one of the configuration''s profile'
            cand --format 'How to print the diagnosis'
            cand --bundle 'Write diagnosis, report and recorded answers into a folder; with --audience, the letter and the chain''s answers only'
            cand --interval 'Seconds between two looks; without it, what fits the state of the case'
            cand --for 'Give up after so many minutes'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand --prove 'Ask for proofs that cost requests of their own: receipts on EVM networks, headers from Bitcoin nodes'
            cand --exit-code 'Let the verdict set the exit code'
            cand --attach 'Post the report on the ticket as a note for staff, once'
            cand --dry-run 'With --attach: tell on standard error what would be posted, and post nothing'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;verify'= {
            cand --format 'How to print the result'
            cand --lang 'The language in which is told what may be believed'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;explain'= {
            cand --format 'How to print it'
            cand --lang 'The language'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand --all 'Every finding at length; as Markdown, a page for customers'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;sources'= {
            cand --format 'How to print it'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;profile'= {
            cand --format 'How to print it'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;stats'= {
            cand --format 'How to print the figures'
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;read'= {
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand --jsonl 'Read one JSON object a line, {"id", "text"}, and print one a line'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;init'= {
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand --force 'Replace a file that is there'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;completions'= {
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;man'= {
            cand --config 'Configuration file'
            cand --color 'When to colour the output'
            cand -q 'Say nothing on standard error'
            cand --quiet 'Say nothing on standard error'
            cand -v 'Tell on standard error what was asked'
            cand --verbose 'Tell on standard error what was asked'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'txsleuth;help'= {
            cand check 'Investigate one case and print the diagnosis'
            cand batch 'Investigate many: CSV, NDJSON or one subject a line; a result for every row'
            cand find 'No transaction identifier? List the payments to an address that fit the claim'
            cand watch 'Follow one case until time alone changes nothing any more'
            cand verify 'Re-derive recorded cases offline; fails if a diagnosis changed'
            cand explain 'What a finding means, how it is detected, what to do'
            cand sources 'Which sources answer, how far they are synced, where each setting came from'
            cand profile 'What an exchange has published, each figure with its source'
            cand stats 'What the results of batch come to: counts, ages, sums, what comes back'
            cand read 'What a complaint''s text claims, as JSON with spans'
            cand init 'Write a commented configuration to start from'
            cand completions 'Print a shell''s completions'
            cand man 'Print the manual page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'txsleuth;help;check'= {
        }
        &'txsleuth;help;batch'= {
        }
        &'txsleuth;help;find'= {
        }
        &'txsleuth;help;watch'= {
        }
        &'txsleuth;help;verify'= {
        }
        &'txsleuth;help;explain'= {
        }
        &'txsleuth;help;sources'= {
        }
        &'txsleuth;help;profile'= {
        }
        &'txsleuth;help;stats'= {
        }
        &'txsleuth;help;read'= {
        }
        &'txsleuth;help;init'= {
        }
        &'txsleuth;help;completions'= {
        }
        &'txsleuth;help;man'= {
        }
        &'txsleuth;help;help'= {
        }
    ]
    $completions[$command]
}
