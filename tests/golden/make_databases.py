#!/usr/bin/python3
"""Makes a golden book and a till's journal with the programs of a version:
`make_databases.py CHECKOUT SHIFTED_CLOCK.so FOLDER`.

CHECKOUT is that version, with fangxin-server and fangxin-terminal built; its own tests/e2e/shop.py
drives them. They work two years ago, so that no clock of a later test is before theirs. FOLDER gets
book.sql and till.sql, as `sqlite3 .dump` writes them, and the keys that belong to them: of a shop
that never was. What is in a FOLDER that is committed stays as it is: that is what it is for.
"""
import inspect
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SHOP = {
    "categories": ["code,name_zh,batch_control", "10,面食,none", "13,乳品,lot"],
    "suppliers": ["code,name,phone", "S1,山溪乳业,0571-555001"],
    "items": ["code,name_zh,name_en,category,unit,price_fen,vat_permille,supplier,aisle",
              "100101,放心面,Noodles,10,piece,1490,130,S1,A1",
              "130101,山溪纯牛奶250mL,Milk,13,piece,450,90,S1,B2",
              "130102,山溪酸奶,Yoghurt,13,piece,680,90,S1,B2"],
    "barcodes": ["barcode,item", "6992918000132,100101", "6991959000132,130101",
                 "6991959000262,130102"],
    "people": ["number,name,role,pin", "1001,李收银,cashier,408213", "1601,王店长,manager,470698"],
    "batches": ["item,lot,expiry,received,quantity_milli,state,supplier",
                "130101,A1,2049-01-01,today-1d,90000,released,S1",
                "130101,A2,2049-02-01,today-1d,90000,released,S1",
                "130102,B1,2049-01-15,today-2d,40000,released,S1"],
    "members": ["number,phone,name,points", "M1,13800000001,会员甲,120"],
    "promotions": ["id,kind,items,percent,name_zh", "P1,time_price,130102,80,晚市八折"],
    "instruments": ["kind,model,serial,class,max_mg,min_mg,e_mg",
                    "scale,XK3190,0815,III,15000000,40000,5000"],
}
NOODLES, MILK = "6992918000132", "6991959000132"


def main():
    checkout, clock, into = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    os.environ["SHIFTED_CLOCK_S"] = str(-2 * 365 * 24 * 3600)
    os.environ["LD_PRELOAD"] = str(clock)
    os.environ.setdefault("FANGXIN_BIN", str(checkout / "build" / "bin"))
    sys.path.insert(0, str(checkout / "tests" / "e2e"))
    import shop as version
    source = pathlib.Path(tempfile.mkdtemp())
    for name, lines in SHOP.items():
        (source / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    plain = {"plain": True} if "plain" in inspect.signature(version.Shop).parameters else {}
    with version.Shop(source=source, **plain) as shop:
        work(shop, version)
        into.mkdir(parents=True, exist_ok=True)
        for name, file in (("book", shop.server.data / "store.db"),
                           ("till", shop.folder / "till-1" / "terminal.db")):
            dump = subprocess.run(["sqlite3", file, ".dump"], check=True, capture_output=True)
            (into / f"{name}.sql").write_bytes(dump.stdout)
            for key in ("ca.key", "store.key"):  # since schema 5: PINs and numbers are under them
                if (file.parent / key).exists():
                    shutil.copyfile(file.parent / key, into / key)


def sell(till, *codes, tendered=10_000):
    for code in codes:
        till.must("scan", code=code)
    return till.must("pay_cash", tendered_fen=tendered)


def work(shop, version):
    """A short day: all of it at the server, but for the last sales."""
    shop.start_server()
    till = shop.till(1)
    till.login("1001", "408213")
    lot = {name: version.gs1(MILK, lot=name) for name in ("A1", "A2")}
    sell(till, NOODLES)
    sell(till, NOODLES, lot["A1"], lot["A2"])
    till.must("scan", code=NOODLES)
    held = till.must("hold")["hold"]
    till.must("scan", code=lot["A2"])
    till.must("hold")
    till.must("resume", hold=held)
    till.must("pay_cash", tendered_fen=1490)
    till.must("scan", code=NOODLES)
    till.must("void_sale")
    till.must("complain", what="包装破损", item=NOODLES)
    since = till.event_count()
    recalled = {name: shop.server.command("recall", "--item", "130101", "--lot", name, "--level",
                                          "II", "--reason", "抽检不合格")[0]["recall"]
                for name in ("A1", "A2")}
    till.wait_event("block_applied", since)
    shop.server.command("lift", "--recall", recalled["A2"], "--reason", "误报")
    till.must("sync")
    till.ask("scan", code=lot["A1"])  # refused: it is on the list of attempts
    till.ask("acknowledge")
    till.login("1601", "470698")
    till.must("recall", code="6991959000262", lot="B1", level="III", reason="标签有误")
    till.login("1001", "408213")
    till.must("sync")
    shop.server.stop()
    sell(till, NOODLES, NOODLES)  # what nobody has heard of yet
    till.must("complain", what="排队太久")
    till.stop()


if __name__ == "__main__":
    main()
