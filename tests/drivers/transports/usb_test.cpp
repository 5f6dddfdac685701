// The product's libusb code against devices that libumockdev plays: see tests/support/mock_usb.hpp.
#include "drivers/transports/usb.hpp"

#include "drivers/device_loop.hpp"
#include "drivers/scales/scale.hpp"
#include "drivers/transports/open_device.hpp"
#include "tests/support/capture.hpp"
#include "tests/support/mock_usb.hpp"
#include "tests/support/pty.hpp"

#include <atomic>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

using tests::from_hex;
using tests::MockDevice;
using tests::MockUsb;

/// Usage page 8Dh, Scale Device; what Linux accepts of a scale (USB HID POS Usage Tables 1.02).
const std::string scale_descriptor = from_hex("05 8D 09 20 A1 01 85 03 75 08 95 05 81 02 C0");
const std::string keyboard_descriptor = from_hex("05 01 09 06 A1 01 05 07 C0");

MockDevice scale(const std::string& port = "1-3", int number = 11) {
    return {.port = port,
            .number = number,
            .vendor = 0x0EB8,
            .product = 0xF000,
            .serial = {},
            .name = "POS Scale",
            .interfaces = {{.in = 0x81, .report_descriptor = scale_descriptor}}};
}

MockDevice printer() {
    return {.port = "1-4",
            .number = 12,
            .vendor = 0x0416,
            .product = 0x5011,
            .serial = "P1",
            .name = "POS80",
            .interfaces = {
                {.klass = 7, .subclass = 1, .protocol = 2, .in = 0x82, .out = 0x01, .bulk = true}}};
}

MockDevice serial_adapter() {
    return {.port = "1-5",
            .number = 13,
            .vendor = 0x1234,
            .product = 0x0001,
            .serial = "A7",
            .name = "CDC",
            .interfaces = {{.klass = 2, .subclass = 2, .protocol = 1, .in = 0x83},
                           {.klass = 10, .in = 0x84, .out = 0x04, .bulk = true}}};
}

DeviceAddress at(const char* text) { return *parse_address(text); }

Result<std::unique_ptr<Transport>> open_scale(const char* text = "usb:0eb8:f000") {
    return open_device(at(text), {.cable = Cable::hid, .usage_page = scale_usage_page});
}

std::string read_once(Transport& device, int timeout_ms = 2000) {
    std::array<std::byte, 512> buffer;
    auto count = device.read(buffer, timeout_ms);
    if (!count) return count.error().code;
    return std::string(reinterpret_cast<const char*>(buffer.data()), *count);
}

TEST(UsbHid, AScaleThatAKilledProgramLeftWithoutADriverIsAskedWhatItIs) {
    MockUsb usb;
    MockDevice left = scale();
    left.interfaces[0].report_descriptor.clear();  // so it is in /sys when no driver has it
    usb.plug(left);
    constexpr std::uint8_t get_descriptor = 6;
    usb.answer("1-3", get_descriptor, keyboard_descriptor);
    auto refused = open_scale();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "wrong_device");
    EXPECT_FALSE(usb.is_claimed("1-3"));
    usb.answer("1-3", get_descriptor, scale_descriptor);
    auto port = open_scale();
    ASSERT_TRUE(port) << port.error().detail;
    EXPECT_TRUE(usb.is_claimed("1-3"));
}

TEST(UsbTree, ListsWhatHangsOnTheSockets) {  // FAULT-2
    MockUsb usb;
    usb.plug(scale());
    usb.plug(printer());
    std::string list;
    for (const UsbDevice& device : usb_devices()) {
        list += fmt::format("{} {} {} {:02x}", device.port, device.identity(), device.name,
                            device.interfaces.at(0).klass);
        for (const auto page : device.interfaces[0].usage_pages)
            list += fmt::format(" page {:x}", page);
        list += "\n";
    }
    EXPECT_EQ(list,
              "1-3 usb:0eb8:f000@1-3 POS Scale 03 page 8d\n"
              "1-4 usb:0416:5011:P1 POS80 07\n");
}

TEST(UsbTree, TwoAlikeAreToldApartByTheirSockets) {
    MockUsb usb;
    usb.plug(scale("1-3", 11));
    usb.plug(scale("1-7", 14));
    EXPECT_EQ(find_usb_device({0x0EB8, 0xF000, "", ""}).error().code, "ambiguous_device");
    EXPECT_EQ(find_usb_device({0x0EB8, 0xF000, "", "1-7"})->number, 14);
    EXPECT_EQ(open_scale().error().code, "ambiguous_device");
    auto one = open_scale("usb:0eb8:f000@1-7");
    ASSERT_TRUE(one) << one.error().detail;
    EXPECT_EQ((*one)->identity(), "usb:0eb8:f000@1-7");
}

TEST(UsbTransport, GivesReportsWholeAndPassesOverEmptyOnes) {
    MockUsb usb;
    usb.plug(scale());
    auto device = open_scale();
    ASSERT_TRUE(device) << device.error().detail;
    EXPECT_TRUE(usb.is_claimed("1-3"));
    usb.send("1-3", from_hex("03 03 03 FD E8 03"));
    usb.send("1-3", "");
    usb.send("1-3", from_hex("03 04 03 FD D2 04"));
    EXPECT_EQ(read_once(**device), from_hex("03 03 03 FD E8 03"));
    EXPECT_EQ(read_once(**device), from_hex("03 04 03 FD D2 04"));
    EXPECT_EQ(read_once(**device, 20), "");
    device->reset();
    EXPECT_FALSE(usb.is_claimed("1-3"));
}

TEST(UsbTransport, StopsReadingWhenInterrupted) {
    MockUsb usb;
    usb.plug(scale());
    auto device = open_scale();
    Interrupt interrupt;
    std::thread other([&] { interrupt.raise(); });
    std::array<std::byte, 64> buffer;
    EXPECT_EQ(*(*device)->read(buffer, -1, &interrupt), 0U);
    other.join();
}

TEST(UsbTransport, ClearsAStallOnceAndGivesUpAtTheSecond) {
    MockUsb usb;
    usb.plug(scale());
    auto device = open_scale();
    usb.stall("1-3", 1);
    usb.send("1-3", from_hex("03 04 03 FD D2 04"));
    EXPECT_EQ(read_once(**device), from_hex("03 04 03 FD D2 04"));
    EXPECT_EQ(usb.cleared("1-3"), 1);
    usb.stall("1-3", 2);
    EXPECT_EQ(read_once(**device), "device_gone");
}

TEST(UsbTransport, SaysWhenItWasUnplugged) {
    MockUsb usb;
    usb.plug(scale());
    auto device = open_scale();
    usb.unplug("1-3");
    EXPECT_EQ(read_once(**device), "device_gone");
    EXPECT_EQ(open_scale().error().code, "not_found");
}

TEST(UsbTransport, SendsAReportByControlWhereThereIsNoWayOut) {
    MockUsb usb;
    usb.plug(scale());
    auto device = open_scale();
    EXPECT_TRUE((*device)->write(tests::as_bytes("\x02\x02"), 500));
    EXPECT_EQ(usb.received("1-3"), "\x02\x02");
}

TEST(UsbTransport, TakesNoDeviceOfAnotherKind) {
    MockUsb usb;
    MockDevice keyboard = scale();
    keyboard.interfaces[0].report_descriptor = keyboard_descriptor;
    usb.plug(keyboard);
    EXPECT_EQ(open_scale().error().code, "wrong_device");
    usb.plug(printer());
    EXPECT_EQ(open_scale("usb:0416:5011").error().code, "wrong_device");
}

TEST(UsbTransport, ADescriptorThatLiesIsNoScale) {
    MockUsb usb;
    for (const char* lie : {"", "05", "06 8D", "FE", "FE FF 00", "07 8D 00 00", "25 8D 8D"}) {
        MockDevice device = scale();
        device.interfaces[0].report_descriptor = from_hex(lie);
        usb.plug(device);
        EXPECT_EQ(open_scale().error().code, "wrong_device") << lie;
        usb.unplug("1-3");
    }
    EXPECT_EQ(usage_pages(from_hex("05 01 06 8D 00 05 01")),
              (std::vector<std::uint16_t>{0x01, 0x8D}));
}

TEST(UsbPrinter, PrintsAndTellsWhoAndHowItIs) {
    MockUsb usb;
    usb.plug(printer());
    auto device = find_usb_device({0x0416, 0x5011, "P1", ""});
    ASSERT_TRUE(device);
    auto open = open_usb(*device, {.klass = UsbClass::printer});
    ASSERT_TRUE(open) << open.error().detail;
    const std::string id = "MFG:POS;MDL:POS80;CLS:PRINTER;CMD:ESC/POS;";
    usb.answer("1-4", 0, std::string(1, '\0') + static_cast<char>(id.size() + 2) + id);
    usb.answer("1-4", 1, "\x38");
    EXPECT_EQ(*usb_printer_id(**open), id);
    EXPECT_TRUE(usb_printer_state(**open)->paper_empty);
    EXPECT_FALSE(usb_printer_state(**open)->error);
    const std::string job(1000, 'x');
    EXPECT_TRUE((*open)->write(tests::as_bytes(job), 500));
    EXPECT_EQ(usb.received("1-4"), job);
    usb.send("1-4", "\x12");
    EXPECT_EQ(read_once(**open), "\x12");
}

TEST(UsbPrinter, OneThatAcceptsAndStallsIsAnError) {
    MockUsb usb;
    usb.plug(printer());
    auto open = open_usb(*find_usb_device({0x0416, 0x5011, "", ""}), {.klass = UsbClass::printer});
    usb.freeze("1-4");
    EXPECT_EQ((*open)->write(tests::as_bytes("receipt"), 100).error().code, "write_timeout");
}

TEST(UsbSerial, TalksToAPortThatTheKernelLeavesAlone) {
    MockUsb usb;
    usb.plug(serial_adapter());
    const LineSettings line{.baud = 4800, .data_bits = 7, .parity = Parity::even};
    auto open = open_device(at("usb:1234:0001:A7"), {.cable = Cable::serial, .line = line});
    ASSERT_TRUE(open) << open.error().detail;
    EXPECT_EQ(usb.received("1-5"), from_hex("C0 12 00 00 00 02 07"));
    EXPECT_TRUE((*open)->write(tests::as_bytes("W"), 500));
    usb.send("1-5",
             "\x02"
             "01.234\r");
    EXPECT_EQ(read_once(**open),
              "\x02"
              "01.234\r");
}

TEST(UsbScale, IsReadUnpluggedAndReadAgain) {  // WEIGH-5
    MockUsb usb;
    usb.plug(scale());
    std::atomic<int> readings = 0;
    Scale device({.address = at("usb:0eb8:f000"), .driver = *find_scale_driver("hid"), .line = {}},
                 {.on_reading = [&](const Reading&) { ++readings; }, .on_change = {}});
    UsbWatch watch([&] { device.wake(); });
    device.start();
    ASSERT_TRUE(tests::soon([&] { return device.health().connected; }));
    EXPECT_EQ(device.health().identity, "usb:0eb8:f000@1-3");
    for (int i = 0; i < 2; ++i)
        usb.send("1-3", from_hex("03 04 03 FD D2 04"));
    ASSERT_TRUE(tests::soon([&] { return readings == 2; }));
    EXPECT_TRUE(device.can(ScaleCommand::zero));
    EXPECT_TRUE(device.tell(ScaleCommand::zero));
    EXPECT_TRUE(tests::soon([&] { return usb.received("1-3") == "\x02\x02"; }));
    usb.unplug("1-3");
    ASSERT_TRUE(tests::soon([&] { return !device.health().connected; }));
    EXPECT_TRUE(std::holds_alternative<NoScale>(device.latest(monotonic_now_ms())));
    usb.plug(scale("1-3", 15));
    ASSERT_TRUE(tests::soon([&] { return device.health().connected; }));
    usb.send("1-3", from_hex("03 04 03 FD D2 04"));
    EXPECT_TRUE(tests::soon([&] { return readings == 3; }));
    device.stop();
}

TEST(UsbWatch, TellsOfComingAndGoing) {
    MockUsb usb;
    std::atomic<int> changes = 0;
    UsbWatch watch([&] { ++changes; });
    usb.plug(scale());
    EXPECT_TRUE(tests::soon([&] { return changes >= 1; }));
    const int before = changes;
    usb.unplug("1-3");
    EXPECT_TRUE(tests::soon([&] { return changes > before; }));
}

}  // namespace
}  // namespace fangxin::drivers
