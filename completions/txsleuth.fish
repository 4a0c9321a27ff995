# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_txsleuth_global_optspecs
    string join \n config= color= q/quiet v/verbose h/help V/version
end

function __fish_txsleuth_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_txsleuth_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_txsleuth_using_subcommand
    set -l cmd (__fish_txsleuth_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c txsleuth -n "__fish_txsleuth_needs_command" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_needs_command" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_needs_command" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -s V -l version -d 'Print version'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "check" -d 'Investigate one case and print the diagnosis'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "batch" -d 'Investigate many: CSV, NDJSON or one subject a line; a result for every row'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "find" -d 'No transaction identifier? List the payments to an address that fit the claim'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "watch" -d 'Follow one case until time alone changes nothing any more'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "verify" -d 'Re-derive recorded cases offline; fails if a diagnosis changed'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "explain" -d 'What a finding means, how it is detected, what to do'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "sources" -d 'Which sources answer, how far they are synced, where each setting came from'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "profile" -d 'What an exchange has published, each figure with its source'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "stats" -d 'What the results of batch come to: counts, ages, sums, what comes back'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "read" -d 'What a complaint\'s text claims, as JSON with spans'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "init" -d 'Write a commented configuration to start from'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "completions" -d 'Print a shell\'s completions'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "man" -d 'Print the manual page'
complete -c txsleuth -n "__fish_txsleuth_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l kind -d 'Deposit or withdrawal' -r -f -a "deposit\t''
withdrawal\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l network -d 'The network that the transaction is on' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l asset -d 'The asset\'s ticker' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l amount -d 'The amount in coin units' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l address -d 'The address that should have been paid' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l memo -d 'The memo or tag' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l account -d 'The customer\'s account' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l at -d 'When it was sent: RFC 3339, or a date and time with --tz' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l tz -d 'The time zone of --at, such as Asia/Seoul' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l ticket -d 'The ticket of the complaint' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l txid -d 'A transaction identifier; may be given several times' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l lang -d 'The report\'s language; without it the customer\'s, else the configuration\'s' -r -f -a "en\t''
zh\t''
ko\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l audience -d 'For whom the report is: staff, the customer, or the desk of the platform concerned' -r -f -a "support\t''
customer\t''
platform\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l to -d 'With --audience platform: the exchange that it goes to, where that is not the one of the configuration\'s profile' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l format -d 'How to print the diagnosis' -r -f -a "text\t'For a terminal'
markdown\t'For a note in a ticket desk'
html\t'One page for a browser, to be filed or printed'
json\t'For machines'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l bundle -d 'Write diagnosis, report and recorded answers into a folder; with --audience, the letter and the chain\'s answers only' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l replay -d 'Decide a recorded case again, without network' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l prove -d 'Ask for proofs that cost requests of their own: receipts on EVM networks, headers from Bitcoin nodes'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l exit-code -d 'Let the verdict set the exit code'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l attach -d 'Post the report on the ticket as a note for staff, once'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -l dry-run -d 'With --attach: tell on standard error what would be posted, and post nothing'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l out -d 'Write the results into a file instead of standard output' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l concurrency -d 'Cases in flight' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l format -d 'How to write the results' -r -f -a "ndjson\t'A JSON object a line'
csv\t'Columns under a header'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l for -d 'With --watch: write what is unfinished after so many minutes as it stands then' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l lang -d 'The language of the headlines' -r -f -a "en\t''
zh\t''
ko\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l resume -d 'Go on where an earlier run into the same file ended'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l force -d 'Write over an existing file'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l full -d 'Write the whole document of every case, one a line'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l unordered -d 'Write each result as soon as it is there, in any order'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -l watch -d 'Look into unfinished cases again, as often as fits their state, and write each result once it is final'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand batch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l address -d 'The receiver of the payments' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l account -d 'The customer\'s account: without an address, those of the account are searched' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l network -d 'The network; without it, every one that the address can be of' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l asset -d 'The asset\'s ticker' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l amount -d 'The amount in coin units' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l since -d 'The beginning of the stretch to search, by default 30 days ago: RFC 3339, or a date and time with --tz' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l until -d 'The end of the stretch, by default now' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l tz -d 'The time zone of --since and --until, such as Asia/Seoul' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l from -d 'A sender, to find its transaction of one nonce' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l nonce -d 'How many transactions the sender made before' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l format -d 'How to print it' -r -f -a "text\t'For people'
json\t'For machines'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand find" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l kind -d 'Deposit or withdrawal' -r -f -a "deposit\t''
withdrawal\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l network -d 'The network that the transaction is on' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l asset -d 'The asset\'s ticker' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l amount -d 'The amount in coin units' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l address -d 'The address that should have been paid' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l memo -d 'The memo or tag' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l account -d 'The customer\'s account' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l at -d 'When it was sent: RFC 3339, or a date and time with --tz' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l tz -d 'The time zone of --at, such as Asia/Seoul' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l ticket -d 'The ticket of the complaint' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l txid -d 'A transaction identifier; may be given several times' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l lang -d 'The report\'s language; without it the customer\'s, else the configuration\'s' -r -f -a "en\t''
zh\t''
ko\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l audience -d 'For whom the report is: staff, the customer, or the desk of the platform concerned' -r -f -a "support\t''
customer\t''
platform\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l to -d 'With --audience platform: the exchange that it goes to, where that is not the one of the configuration\'s profile' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l format -d 'How to print the diagnosis' -r -f -a "text\t'For a terminal'
markdown\t'For a note in a ticket desk'
html\t'One page for a browser, to be filed or printed'
json\t'For machines'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l bundle -d 'Write diagnosis, report and recorded answers into a folder; with --audience, the letter and the chain\'s answers only' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l interval -d 'Seconds between two looks; without it, what fits the state of the case' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l for -d 'Give up after so many minutes' -r
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l prove -d 'Ask for proofs that cost requests of their own: receipts on EVM networks, headers from Bitcoin nodes'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l exit-code -d 'Let the verdict set the exit code'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l attach -d 'Post the report on the ticket as a note for staff, once'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -l dry-run -d 'With --attach: tell on standard error what would be posted, and post nothing'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand verify" -l format -d 'How to print the result' -r -f -a "text\t'For people'
json\t'For machines'
junit\t'For CI systems that show `JUnit` results'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand verify" -l lang -d 'The language in which is told what may be believed' -r -f -a "en\t''
zh\t''
ko\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand verify" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand verify" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand verify" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand verify" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -l format -d 'How to print it' -r -f -a "text\t'For people'
json\t'For machines'
markdown\t'For a page: of one finding for staff, of all for customers'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -l lang -d 'The language' -r -f -a "en\t''
zh\t''
ko\t''"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -l all -d 'Every finding at length; as Markdown, a page for customers'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand sources" -l format -d 'How to print it' -r -f -a "text\t'For people'
json\t'For machines'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand sources" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand sources" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand sources" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand sources" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand sources" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand profile" -l format -d 'How to print it' -r -f -a "text\t'For people'
json\t'For machines'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand profile" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand profile" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand profile" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand profile" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand profile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand stats" -l format -d 'How to print the figures' -r -f -a "text\t'For people'
json\t'For machines'
csv\t'Rows of part, name, count and amount'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand stats" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand stats" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand stats" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand stats" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand read" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand read" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand read" -l jsonl -d 'Read one JSON object a line, {"id", "text"}, and print one a line'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand read" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand read" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand read" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand init" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand init" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand init" -l force -d 'Replace a file that is there'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand init" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand init" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand completions" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand completions" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand completions" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand completions" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand man" -l config -d 'Configuration file' -r -F
complete -c txsleuth -n "__fish_txsleuth_using_subcommand man" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless the variable `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c txsleuth -n "__fish_txsleuth_using_subcommand man" -s q -l quiet -d 'Say nothing on standard error'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand man" -s v -l verbose -d 'Tell on standard error what was asked'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "check" -d 'Investigate one case and print the diagnosis'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "batch" -d 'Investigate many: CSV, NDJSON or one subject a line; a result for every row'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "find" -d 'No transaction identifier? List the payments to an address that fit the claim'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "watch" -d 'Follow one case until time alone changes nothing any more'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "verify" -d 'Re-derive recorded cases offline; fails if a diagnosis changed'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "explain" -d 'What a finding means, how it is detected, what to do'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "sources" -d 'Which sources answer, how far they are synced, where each setting came from'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "profile" -d 'What an exchange has published, each figure with its source'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "stats" -d 'What the results of batch come to: counts, ages, sums, what comes back'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "read" -d 'What a complaint\'s text claims, as JSON with spans'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "init" -d 'Write a commented configuration to start from'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "completions" -d 'Print a shell\'s completions'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "man" -d 'Print the manual page'
complete -c txsleuth -n "__fish_txsleuth_using_subcommand help; and not __fish_seen_subcommand_from check batch find watch verify explain sources profile stats read init completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
