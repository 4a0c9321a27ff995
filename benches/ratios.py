#!/usr/bin/env python3
"""How many times as many rows a second `batch` looks into as other ways to ask the same questions of the same stub.

    cargo bench --bench throughput --no-run
    benches/ratios.py [ROWS]

Beside `batch`: a client with asyncio and aiohttp that has 64 rows in flight, asks for transaction and receipt in one
batch and for tip, policy and blocks once, holds token, receiver, amount, owner and the ledger's record against the row
and writes a line of results for each, as `batch` does; curl with jq, one row after the other; and cast, where it is
installed. Those two decide no more than: credited, missed, waiting, failed, unknown, not ours. Ratios of one run on one
machine; the figures themselves mean little elsewhere.
"""

import asyncio
import csv
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

try:
    import aiohttp
except ModuleNotFoundError:
    aiohttp = None

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
CONFIRMATIONS = 64
IN_FLIGHT = 64
FEW = 100
# Topic of ERC-20's `Transfer(address,address,uint256)`: EIP-20.
TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"


def newest(pattern):
    found = [path for path in glob.glob(pattern) if os.access(path, os.X_OK) and not path.endswith(".d")]
    return max(found, key=os.path.getmtime) if found else None


def stub(bench, rows, *flags):
    process = subprocess.Popen([bench, "serve", "0", str(rows), *flags], stdout=subprocess.PIPE, text=True)
    return process, int(process.stdout.readline())


CONFIGURATION = """
[network.ethereum]
family = "evm"
chain_id = 1
confirmations = 64
sources = [ {{ kind = "json-rpc", url = "http://127.0.0.1:{port}/rpc", batch_size = 200 }} ]
[network.ethereum.assets.USDT]
contract = "0xdAC17F958D2ee523a2206206994597C13D831ec7"
decimals = 6
[ledger]
kind = "http"
url = "http://127.0.0.1:{port}/ledger"
[limits]
requests_per_second = 0
concurrency = 64
"""


def batch(program, folder, port, rows):
    config = os.path.join(folder, "txsleuth.toml")
    with open(config, "w", encoding="utf-8") as file:
        file.write(CONFIGURATION.format(port=port))
    out = os.path.join(folder, "out.ndjson")
    command = [program, "batch", os.path.join(folder, "rows.csv"), "--out", out, "--force", "--config", config, "--quiet"]
    began = time.perf_counter()
    subprocess.run(command, check=True)
    took = time.perf_counter() - began
    with open(out, encoding="utf-8") as file:
        codes = [json.loads(line)["code"] for line in file]
    assert len(codes) == rows
    return took, codes


WORDS = {
    "credited": "credited",
    "deposit-missed": "missed",
    "waiting-confirmations": "waiting",
    "execution-failed": "failed",
    "transaction-not-found": "unknown",
    "address-not-ours": "not ours",
}


class Client:
    """What somebody who knows asyncio writes in a day: the questions and checks that `batch` needs for these rows."""

    def __init__(self, session, port):
        self.session = session
        self.rpc = f"http://127.0.0.1:{port}/rpc"
        self.ledger = f"http://127.0.0.1:{port}/ledger/v1"
        self.blocks = {}
        self.tip = self.policy = None
        self.assets = {}

    async def call(self, *calls):
        body = [{"jsonrpc": "2.0", "id": i, "method": method, "params": params} for i, (method, params) in enumerate(calls)]
        async with self.session.post(self.rpc, json=body) as response:
            answers = await response.json()
        return [answer["result"] for answer in sorted(answers, key=lambda answer: answer["id"])]

    async def get(self, path):
        async with self.session.get(self.ledger + path) as response:
            return None if response.status == 404 else await response.json()

    async def block(self, height):
        if height not in self.blocks:
            self.blocks[height] = asyncio.ensure_future(self.call(("eth_getBlockByNumber", [height, False])))
        return (await self.blocks[height])[0]

    async def begin(self):
        self.tip = int((await self.call(("eth_getBlockByNumber", ["latest", False])))[0]["number"], 16)
        self.policy = await self.get("/networks/ethereum")
        self.assets = {asset["asset"]: asset for asset in self.policy["assets"]}

    async def row(self, row):
        """The row's word, and what was found out on the way."""
        txid = row["txid"]
        (tx, receipt), deposits = await asyncio.gather(
            self.call(("eth_getTransactionByHash", [txid]), ("eth_getTransactionReceipt", [txid])),
            self.get(f"/deposits?txid={txid}"),
        )
        if not deposits["items"] and (await self.get(f"/withdrawals?txid={txid}"))["items"]:
            return "ours to send", {}
        if tx is None or receipt is None:
            return "unknown", {}
        block = await self.block(receipt["blockNumber"])
        if block["hash"] != receipt["blockHash"] or tx["blockHash"] != receipt["blockHash"]:
            return "reorganised", {}
        found = {
            "confirmations": self.tip - int(receipt["blockNumber"], 16) + 1,
            "required_confirmations": self.policy["required_confirmations"],
        }
        if receipt["status"] != "0x1":
            return "failed", found
        asset = self.assets[row["asset"]]
        paid = units_paid(receipt["logs"], asset["contract"].lower(), row["address"].lower())
        if not paid:
            return "another address", found
        if int(Decimal(row["amount"]).scaleb(asset["decimals"])) not in paid:
            return "another amount", found
        found["amount"], found["asset"] = row["amount"], asset["asset"]
        owner = await self.get(f"/addresses/{row['address']}?network=ethereum")
        if owner is None or owner["role"] != "deposit":
            return "not ours", found
        if asset["deposits"] != "open" or Decimal(row["amount"]) < Decimal(asset["min_deposit"]):
            return "not taken", found
        for deposit in deposits["items"]:
            found["ledger_status"] = deposit["status"]
            if deposit["account"] != owner["account"]:
                return "another account", found
            if deposit["status"] == "credited" and Decimal(deposit["amount"]) == Decimal(row["amount"]):
                return "credited", found
        if found["confirmations"] < found["required_confirmations"]:
            return "waiting", found
        return "missed", found


def units_paid(logs, token, receiver):
    """What the token's `Transfer` logs paid to a receiver."""
    return [
        int(log["data"], 16)
        for log in logs
        if log["address"].lower() == token
        and len(log["topics"]) == 3
        and log["topics"][0] == TRANSFER
        and log["topics"][2][26:].lower() == receiver[2:]
    ]


async def asyncio_client(folder, port):
    """Rows in, results out, as `batch` has them: from a file and to one, in the rows' order."""
    results = []
    with open(os.path.join(folder, "rows.csv"), encoding="utf-8") as file:
        rows = enumerate(csv.DictReader(file), 1)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=IN_FLIGHT)) as session:
            client = Client(session, port)
            await client.begin()

            async def work():
                for number, row in rows:
                    word, found = await client.row(row)
                    given = {name: row[name] for name in ("id", "network", "txid")}
                    results.append((number, word, json.dumps({"row": number, **given, "code": word, **found})))

            await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    results.sort()
    with open(os.path.join(folder, "asyncio.ndjson"), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for _, _, line in results)
    return [word for _, word, _ in results]


CURL = r"""
ask() { curl -s -H 'content-type: application/json' -d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$1\",\"params\":[\"$2\"]}" "$RPC"; }
tip=$(($(curl -s -d '{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["latest",false]}' "$RPC" | jq -r .result.number)))
while read -r txid; do
  receipt=$(ask eth_getTransactionReceipt "$txid")
  status=$(jq -r .result.status <<<"$receipt")
  if [ "$status" = null ]; then echo unknown; continue; fi
  if [ "$status" != 0x1 ]; then echo failed; continue; fi
  height=$(($(jq -r .result.blockNumber <<<"$receipt")))
  receiver=0x$(jq -r '.result.logs[0].topics[2]' <<<"$receipt" | cut -c27-)
  owner=$(curl -s -o /dev/null -w '%{http_code}' "$LEDGER/addresses/$receiver?network=ethereum")
  if [ "$owner" = 404 ]; then echo not ours; continue; fi
  if [ $((tip - height + 1)) -lt 64 ]; then echo waiting; continue; fi
  if [ "$(curl -s "$LEDGER/deposits?txid=$txid" | jq '.items | length')" = 0 ]; then echo missed; else echo credited; fi
done
"""

CAST = r"""
tip=$(($(cast rpc --rpc-url "$RPC" eth_getBlockByNumber latest false | jq -r .number)))
while read -r txid; do
  receipt=$(cast receipt "$txid" --async --json --rpc-url "$RPC" 2>/dev/null) || { echo unknown; continue; }
  if [ "$(jq -r .status <<<"$receipt")" != 0x1 ]; then echo failed; continue; fi
  height=$(($(jq -r .blockNumber <<<"$receipt")))
  receiver=0x$(jq -r '.logs[0].topics[2]' <<<"$receipt" | cut -c27-)
  owner=$(curl -s -o /dev/null -w '%{http_code}' "$LEDGER/addresses/$receiver?network=ethereum")
  if [ "$owner" = 404 ]; then echo not ours; continue; fi
  if [ $((tip - height + 1)) -lt 64 ]; then echo waiting; continue; fi
  if [ "$(curl -s "$LEDGER/deposits?txid=$txid" | jq '.items | length')" = 0 ]; then echo missed; else echo credited; fi
done
"""


def shell(script, port, rows):
    env = dict(os.environ, RPC=f"http://127.0.0.1:{port}/rpc", LEDGER=f"http://127.0.0.1:{port}/ledger/v1")
    text = "".join(row["txid"] + "\n" for row in rows)
    began = time.perf_counter()
    ran = subprocess.run(["bash", "-c", script], input=text, env=env, capture_output=True, text=True, check=True)
    return time.perf_counter() - began, ran.stdout.splitlines()


def measure(title, program, bench, count, flags):
    print(f"{title}: {count} rows")
    process, port = stub(bench, count, *flags)
    try:
        with tempfile.TemporaryDirectory() as folder:
            compare(program, bench, count, port, folder)
    finally:
        process.kill()


def compare(program, bench, count, port, folder):
    subprocess.run([bench, "rows", str(count), os.path.join(folder, "rows.csv")], check=True)
    took, codes = batch(program, folder, port, count)
    own = count / took
    print(f"  batch            {own:10.0f} rows a second")
    words = [WORDS.get(code, code) for code in codes]

    def others(name, seconds, answers):
        assert answers == words[: len(answers)], f"{name} answers otherwise"
        rate = len(answers) / seconds
        print(f"  {name:16} {rate:10.0f} rows a second: batch does {own / rate:.1f} times as many")

    if aiohttp is None:
        print("  asyncio          left out: aiohttp is not installed")
    else:
        began = time.perf_counter()
        answers = asyncio.run(asyncio_client(folder, port))
        others("asyncio", time.perf_counter() - began, answers)
    with open(os.path.join(folder, "rows.csv"), encoding="utf-8") as file:
        few = [row for _, row in zip(range(FEW), csv.DictReader(file))]
    for name, script, needs in [("curl and jq", CURL, ["curl", "jq"]), ("cast", CAST, ["cast", "curl", "jq"])]:
        missing = [tool for tool in needs if shutil.which(tool) is None]
        if missing:
            print(f"  {name:16} left out: {', '.join(missing)} is not installed")
        else:
            others(name, *shell(script, port, few))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    program, bench = newest(f"{TARGET}/release/txsleuth"), newest(f"{TARGET}/release/deps/throughput-*")
    if not program or not bench:
        sys.exit("build first: cargo build --release && cargo bench --bench throughput --no-run")
    measure("a ledger that takes questions about many", program, bench, count, [])
    measure("a ledger that is asked about one at a time", program, bench, count, ["--no-queries"])


if __name__ == "__main__":
    main()
