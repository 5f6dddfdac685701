// Receipts as other programs write them, and what a status client says to a printer. Run in this
// folder: npm install --no-save && node make_captures.mjs [path of fangxin-virtual-printer]
// The bytes are committed as hex (and as seeds in tests/fuzz/corpus), so no test needs npm. With the program's path the conversations
// of receiptio are recorded anew too.
import { execFile, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { createRequire } from 'node:module';
import iconv from 'iconv-lite';
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';

const require = createRequire(import.meta.url);
const receiptline = require('receiptline');
const thermal = require('node-thermal-printer');
const { PNG } = require('pngjs');

function save(name, bytes, words) {
    const rows = Buffer.from(bytes).toString('hex').toUpperCase().match(/.{1,96}/g);
    const text = rows.map(row => row.match(/../g).join(' ')).join('\n');
    writeFileSync(name, `# ${words}\n${text}\n`);
    // The fuzzer begins with them.
    writeFileSync(`../../fuzz/corpus/escpos_render/${name.replace('.hex', '.bin')}`, bytes);
    console.log(name, bytes.length, 'bytes');
}

// A frame with a cross: 64 × 32 dots, the frame 4 dots thick.
function picture() {
    const png = new PNG({ width: 64, height: 32, colorType: 2 });
    for (let y = 0; y < 32; y++) {
        for (let x = 0; x < 64; x++) {
            const frame = x < 4 || y < 4 || x >= 60 || y >= 28;
            const black = frame || x === 2 * y || x === 63 - 2 * y;
            png.data.set([black ? 0 : 255, black ? 0 : 255, black ? 0 : 255, 255], 4 * (64 * y + x));
        }
    }
    return png;
}
const pngFile = PNG.sync.write(picture());
const chinese = text => iconv.encode(text, 'gb18030');

// --- receiptline ----------------------------------------------------------------------------

const markup = `{image:${pngFile.toString('base64')}}
^^^测试超市
"_重 印_"
{width:* 10 10; border:none}
香蕉|1.234kg|￥9.80
有机纯牛奶 250ml|×2|￥139.80
-
合计|^￥149.60
{code:6901234567892; option:ean,2,72,hri}
{code:FX003010000128K; option:code128,2,60,hri}
{code:20261123; option:itf,2,60,nohri}
{code:https://fp.example.cn/i?n=1; option:qrcode,4,m}
谢谢惠顾`;
for (const command of ['escpos', 'generic', 'impact']) {
    const options = { cpl: command === 'impact' ? 42 : 48, encoding: 'gb18030', command, spacing: true,
        gradient: false };
    save(`receiptline_${command}.hex`, Buffer.from(receiptline.transform(markup, options), 'latin1'),
        `receiptline 4.0.4, command ${command}, gb18030`);
}

// --- @point-of-sale/receipt-printer-encoder --------------------------------------------------
// It has no Chinese encoding: the text goes in as raw bytes, as its users do.

for (const mode of ['column', 'raster']) {
    const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns: 48, imageMode: mode });
    const line = text => encoder.raw([0x1c, 0x26, ...chinese(text), 0x0a, 0x1c, 0x2e]);
    encoder.initialize().align('center')
        .image({ data: picture().data, width: 64, height: 32 }, 64, 32, 'threshold', 128);
    line('测试超市');
    encoder.align('left').bold(true).line('POS receipt').bold(false).underline(true)
        .line('underlined').underline(false).invert(true).line('inverted').invert(false)
        .width(2).height(2).line('BIG').width(1).height(1);
    line('香蕉                1.234kg              ￥9.80');
    encoder.rule().align('center')
        .barcode('6901234567892', 'ean13', { height: 60, width: 3, text: true })
        .barcode('69012341', 'ean8', { height: 60, width: 3, text: true })
        .barcode('036000291452', 'upca', { height: 60, width: 3, text: true })
        .barcode('FX-12', 'code39', { height: 60, width: 2, text: true })
        .barcode('{B' + 'FX003010000128K', 'code128', { height: 60, width: 1, text: true })
        .qrcode('https://a.cn/1', { model: 2, size: 6, errorlevel: 'm' })
        .pulse().cut('partial');
    save(`pos_encoder_${mode}.hex`, encoder.encode(),
        `@point-of-sale/receipt-printer-encoder 4.0.1, esc-pos, images by ${mode}`);
}

// --- node-thermal-printer ---------------------------------------------------------------------

const printer = new thermal.printer({ type: thermal.types.EPSON, interface: 'tcp://127.0.0.1:9',
    characterSet: thermal.CharacterSet.CHINA, width: 48 });
await printer.printImageBuffer(pngFile);
printer.alignCenter();
printer.setTextDoubleHeight();
printer.setTextDoubleWidth();
printer.println('测试超市');
printer.setTextNormal();
printer.alignLeft();
printer.bold(true);
printer.println('粗体');
printer.bold(false);
printer.underlineThick(true);
printer.println('下划线');
printer.underlineThick(false);
printer.invert(true);
printer.println('反白');
printer.invert(false);
printer.leftRight('香蕉 1.234kg', '9.80');
printer.drawLine();
printer.code128('FX003010000128K', { width: 2, height: 80, text: 2 });
printer.printBarcode('6901234567892', 67, { hriPos: 2, hriFont: 0, width: 3, height: 80 });
printer.printQR('https://a.cn/1', { cellSize: 6, correction: 'M', model: 2 });
printer.newLine();
printer.cut();
printer.openCashDrawer();
save('node_thermal_printer.hex', printer.getBuffer(), 'node-thermal-printer 4.6.1, EPSON, CHINA');

// --- receiptio ----------------------------------------------------------------------------------
// Its status question, answered by our printer through a relay that writes both ways down.

const program = process.argv[2];

function virtualPrinter(status) {
    const child = spawn(program, ['listen', '--port', '0', '--out', '.jobs', '--status', status]);
    return new Promise(resolve => child.stdout.once('data', said => {
        resolve({ child, port: Number(JSON.parse(said.toString().split('\n')[0]).address.split(':')[1]) });
    }));
}

// It knows port 9100 alone, so the relay has an address of loopback to itself.
const relayAddress = '127.0.0.91';

function ask(options) {
    const cli = require.resolve('receiptio/bin/cli.js');
    return new Promise(resolve => execFile(process.execPath,
        [cli, '-d', relayAddress, ...options], (error, out, err) => resolve((out + err).trim())));
}

// Hex; the thousands of NUL that receiptio floods a mute printer with as `00*8192`.
function shown(bytes) {
    const hex = bytes.toString('hex').toUpperCase().match(/../g).join(' ');
    return hex.replace(/00( 00){63,}/g, run => `00*${(run.length + 1) / 3}`);
}

async function converse(status, options, input) {
    const target = await virtualPrinter(status);
    const said = [];
    const relay = createServer(client => {
        const printer = connect(target.port, '127.0.0.1');
        const note = who => bytes => said.push([who, bytes]);
        client.on('data', note('>'));
        printer.on('data', note('<'));
        client.on('error', () => {});
        printer.on('error', () => {});
        client.pipe(printer);
        printer.pipe(client);
    });
    await new Promise(resolve => relay.listen(9100, relayAddress, resolve));
    const answer = await ask(input ? [...options, input] : options);
    relay.close();
    target.child.kill();
    const merged = [];
    for (const [who, bytes] of said) {
        if (merged.length && merged.at(-1)[0] === who) {
            merged.at(-1)[1] = Buffer.concat([merged.at(-1)[1], bytes]);
        } else {
            merged.push([who, bytes]);
        }
    }
    return { answer, merged };
}

if (program) {
    let text = '# receiptio 2.1.2 asks (>) and fangxin-virtual-printer answers (<): status, then what\n'
        + '# receiptio makes of it, then the bytes.\n';
    for (const status of ['ok', 'paper_low', 'paper_out', 'cover_open', 'error', 'offline', 'silent']) {
        const { answer, merged } = await converse(status, ['-t', '3', '-q']);
        text += `${status} ${answer}\n`;
        for (const [who, bytes] of merged) {
            text += `${who} ${shown(bytes)}\n`;
        }
        console.log(status, answer);
    }
    writeFileSync('receiptio_status.txt', text);
    writeFileSync('.receipt.txt', '^^^测试超市\n香蕉 | 9.80\n');
    const { answer, merged } = await converse('ok', ['-p', 'generic', '-l', 'zh-CN', '-t', '8'],
        '.receipt.txt');
    console.log('print', answer);
    let print = '# receiptio 2.1.2 prints on fangxin-virtual-printer.\n' + `ok ${answer}\n`;
    for (const [who, bytes] of merged) {
        print += `${who} ${shown(bytes)}\n`;
    }
    writeFileSync('receiptio_print.txt', print);
    rmSync('.jobs', { recursive: true });
    rmSync('.receipt.txt');
}
process.exit(0);
