
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'txsleuth' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'txsleuth'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'txsleuth' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Investigate one case and print the diagnosis')
            [CompletionResult]::new('batch', 'batch', [CompletionResultType]::ParameterValue, 'Investigate many: CSV, NDJSON or one subject a line; a result for every row')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'No transaction identifier? List the payments to an address that fit the claim')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow one case until time alone changes nothing any more')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Re-derive recorded cases offline; fails if a diagnosis changed')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'What a finding means, how it is detected, what to do')
            [CompletionResult]::new('sources', 'sources', [CompletionResultType]::ParameterValue, 'Which sources answer, how far they are synced, where each setting came from')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'What an exchange has published, each figure with its source')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'What the results of batch come to: counts, ages, sums, what comes back')
            [CompletionResult]::new('read', 'read', [CompletionResultType]::ParameterValue, 'What a complaint''s text claims, as JSON with spans')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a commented configuration to start from')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'txsleuth;check' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Deposit or withdrawal')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'The network that the transaction is on')
            [CompletionResult]::new('--asset', '--asset', [CompletionResultType]::ParameterName, 'The asset''s ticker')
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The amount in coin units')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'The address that should have been paid')
            [CompletionResult]::new('--memo', '--memo', [CompletionResultType]::ParameterName, 'The memo or tag')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The customer''s account')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was sent: RFC 3339, or a date and time with --tz')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'The time zone of --at, such as Asia/Seoul')
            [CompletionResult]::new('--ticket', '--ticket', [CompletionResultType]::ParameterName, 'The ticket of the complaint')
            [CompletionResult]::new('--txid', '--txid', [CompletionResultType]::ParameterName, 'A transaction identifier; may be given several times')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The report''s language; without it the customer''s, else the configuration''s')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'For whom the report is: staff, the customer, or the desk of the platform concerned')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'With --audience platform: the exchange that it goes to, where that is not the one of the configuration''s profile')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the diagnosis')
            [CompletionResult]::new('--bundle', '--bundle', [CompletionResultType]::ParameterName, 'Write diagnosis, report and recorded answers into a folder; with --audience, the letter and the chain''s answers only')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Decide a recorded case again, without network')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--prove', '--prove', [CompletionResultType]::ParameterName, 'Ask for proofs that cost requests of their own: receipts on EVM networks, headers from Bitcoin nodes')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Let the verdict set the exit code')
            [CompletionResult]::new('--attach', '--attach', [CompletionResultType]::ParameterName, 'Post the report on the ticket as a note for staff, once')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'With --attach: tell on standard error what would be posted, and post nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;batch' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write the results into a file instead of standard output')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Cases in flight')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the results')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'With --watch: write what is unfinished after so many minutes as it stands then')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of the headlines')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Go on where an earlier run into the same file ended')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Write over an existing file')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Write the whole document of every case, one a line')
            [CompletionResult]::new('--unordered', '--unordered', [CompletionResultType]::ParameterName, 'Write each result as soon as it is there, in any order')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Look into unfinished cases again, as often as fits their state, and write each result once it is final')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;find' {
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'The receiver of the payments')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The customer''s account: without an address, those of the account are searched')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'The network; without it, every one that the address can be of')
            [CompletionResult]::new('--asset', '--asset', [CompletionResultType]::ParameterName, 'The asset''s ticker')
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The amount in coin units')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'The beginning of the stretch to search, by default 30 days ago: RFC 3339, or a date and time with --tz')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'The end of the stretch, by default now')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'The time zone of --since and --until, such as Asia/Seoul')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A sender, to find its transaction of one nonce')
            [CompletionResult]::new('--nonce', '--nonce', [CompletionResultType]::ParameterName, 'How many transactions the sender made before')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;watch' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Deposit or withdrawal')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'The network that the transaction is on')
            [CompletionResult]::new('--asset', '--asset', [CompletionResultType]::ParameterName, 'The asset''s ticker')
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The amount in coin units')
            [CompletionResult]::new('--address', '--address', [CompletionResultType]::ParameterName, 'The address that should have been paid')
            [CompletionResult]::new('--memo', '--memo', [CompletionResultType]::ParameterName, 'The memo or tag')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'The customer''s account')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'When it was sent: RFC 3339, or a date and time with --tz')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'The time zone of --at, such as Asia/Seoul')
            [CompletionResult]::new('--ticket', '--ticket', [CompletionResultType]::ParameterName, 'The ticket of the complaint')
            [CompletionResult]::new('--txid', '--txid', [CompletionResultType]::ParameterName, 'A transaction identifier; may be given several times')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The report''s language; without it the customer''s, else the configuration''s')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'For whom the report is: staff, the customer, or the desk of the platform concerned')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'With --audience platform: the exchange that it goes to, where that is not the one of the configuration''s profile')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the diagnosis')
            [CompletionResult]::new('--bundle', '--bundle', [CompletionResultType]::ParameterName, 'Write diagnosis, report and recorded answers into a folder; with --audience, the letter and the chain''s answers only')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Seconds between two looks; without it, what fits the state of the case')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Give up after so many minutes')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--prove', '--prove', [CompletionResultType]::ParameterName, 'Ask for proofs that cost requests of their own: receipts on EVM networks, headers from Bitcoin nodes')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Let the verdict set the exit code')
            [CompletionResult]::new('--attach', '--attach', [CompletionResultType]::ParameterName, 'Post the report on the ticket as a note for staff, once')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'With --attach: tell on standard error what would be posted, and post nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;verify' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the result')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language in which is told what may be believed')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;explain' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every finding at length; as Markdown, a page for customers')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;sources' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;profile' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;stats' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the figures')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;read' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--jsonl', '--jsonl', [CompletionResultType]::ParameterName, 'Read one JSON object a line, {"id", "text"}, and print one a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;init' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a file that is there')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;completions' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;man' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing on standard error')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell on standard error what was asked')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'txsleuth;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Investigate one case and print the diagnosis')
            [CompletionResult]::new('batch', 'batch', [CompletionResultType]::ParameterValue, 'Investigate many: CSV, NDJSON or one subject a line; a result for every row')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'No transaction identifier? List the payments to an address that fit the claim')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow one case until time alone changes nothing any more')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Re-derive recorded cases offline; fails if a diagnosis changed')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'What a finding means, how it is detected, what to do')
            [CompletionResult]::new('sources', 'sources', [CompletionResultType]::ParameterValue, 'Which sources answer, how far they are synced, where each setting came from')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'What an exchange has published, each figure with its source')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'What the results of batch come to: counts, ages, sums, what comes back')
            [CompletionResult]::new('read', 'read', [CompletionResultType]::ParameterValue, 'What a complaint''s text claims, as JSON with spans')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write a commented configuration to start from')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell''s completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'txsleuth;help;check' {
            break
        }
        'txsleuth;help;batch' {
            break
        }
        'txsleuth;help;find' {
            break
        }
        'txsleuth;help;watch' {
            break
        }
        'txsleuth;help;verify' {
            break
        }
        'txsleuth;help;explain' {
            break
        }
        'txsleuth;help;sources' {
            break
        }
        'txsleuth;help;profile' {
            break
        }
        'txsleuth;help;stats' {
            break
        }
        'txsleuth;help;read' {
            break
        }
        'txsleuth;help;init' {
            break
        }
        'txsleuth;help;completions' {
            break
        }
        'txsleuth;help;man' {
            break
        }
        'txsleuth;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
