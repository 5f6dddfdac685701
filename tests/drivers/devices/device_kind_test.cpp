#include "drivers/devices/device_kind.hpp"

#include "tests/support/temp_dir.hpp"
#include "tests/support/written_file.hpp"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fangxin::drivers {
namespace {

UsbInterface hid(std::vector<std::uint16_t> pages, int subclass = 0, int protocol = 0) {
    UsbInterface interface;
    interface.klass = 3;
    interface.subclass = static_cast<std::uint8_t>(subclass);
    interface.protocol = static_cast<std::uint8_t>(protocol);
    interface.usage_pages = std::move(pages);
    return interface;
}

UsbInterface of_class(int klass, int subclass, std::vector<std::string> nodes = {}) {
    UsbInterface interface;
    interface.klass = static_cast<std::uint8_t>(klass);
    interface.subclass = static_cast<std::uint8_t>(subclass);
    interface.nodes = std::move(nodes);
    return interface;
}

// FAULT-2
TEST(DeviceKinds, AreToldByClassAndUsagePage) {
    EXPECT_EQ(kind_of(hid({0x8D})), DeviceKind::scale);
    EXPECT_EQ(kind_of(hid({0x8C, 0xFF00})), DeviceKind::scanner);
    EXPECT_EQ(kind_of(hid({0x01, 0x07}, 1, 1)), DeviceKind::keyboard);
    EXPECT_EQ(kind_of(hid({0x01, 0x07})), DeviceKind::keyboard) << "not of the boot class";
    EXPECT_EQ(kind_of(hid({0x01, 0x09}, 1, 2)), DeviceKind::other) << "a mouse";
    EXPECT_EQ(kind_of(of_class(7, 1)), DeviceKind::printer);
    EXPECT_EQ(kind_of(of_class(2, 2)), DeviceKind::serial) << "CDC-ACM";
    EXPECT_EQ(kind_of(of_class(0xFF, 0, {"/dev/ttyUSB0"})), DeviceKind::serial) << "an adapter";
    EXPECT_EQ(kind_of(of_class(0xFF, 0)), DeviceKind::other);
    EXPECT_EQ(kind_of(of_class(0x0E, 1)), DeviceKind::camera);
}

TEST(DeviceKinds, ADeviceIsWhatTellsMostOfIt) {
    UsbDevice device;
    EXPECT_EQ(kind_of(device), DeviceKind::other);
    device.interfaces = {hid({0x07}, 1, 1), hid({0x8C})};
    EXPECT_EQ(kind_of(device), DeviceKind::scanner);
}

TEST(DeviceKinds, HaveTheDriversThatFit) {
    EXPECT_EQ(drivers_for(DeviceKind::scale), std::vector<std::string>{"hid"});
    EXPECT_EQ(drivers_for(DeviceKind::printer), (std::vector<std::string>{"escpos", "tspl"}));
    const auto serial = drivers_for(DeviceKind::serial);
    EXPECT_NE(std::ranges::find(serial, "mt-8217"), serial.end());
    EXPECT_NE(std::ranges::find(serial, "serial"), serial.end());
    EXPECT_EQ(std::ranges::find(serial, "hid"), serial.end());
}

TEST(MachinePorts, AreThoseWithAChip) {
    tests::TempDir folder;
    const auto& sys = folder.path();
    for (const auto& [name, type] : {std::pair("ttyS0", "4\n"), {"ttyS1", "0\n"}}) {
        std::filesystem::create_directories(sys / "class/tty" / name);
        tests::write_file(sys / "class/tty" / name / "type", type);
    }
    std::filesystem::create_directories(sys / "class/tty/tty1");
    const auto ports = machine_ports(sys);
    ASSERT_EQ(ports.size(), 1U);
    EXPECT_EQ(ports[0].node, "/dev/ttyS0");
}

TEST(NodeHealth, SaysWhoHasIt) {
    tests::TempDir folder;
    const std::string node = folder.path() / "node";
    tests::write_file(node, "");
    EXPECT_EQ(health_of_node(node + "x").state, "no_node");
    EXPECT_EQ(health_of_node(node).state, "ok");
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const int held = ::open(node.c_str(), O_RDONLY);
        const bool told = held >= 0 && ::write(ready[1], "x", 1) == 1;
        if (told) ::pause();
        ::_exit(1);
    }
    char said = 0;
    EXPECT_EQ(::read(ready[0], &said, 1), 1);
    const NodeHealth health = health_of_node(node);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    EXPECT_EQ(health.state, "busy");
    EXPECT_NE(health.detail.find(fmt::format("({})", child)), std::string::npos) << health.detail;
    EXPECT_EQ(health_of_node(node).state, "ok");
}

// FAULT-2
TEST(DeviceKinds, CamerasOfTheMachineAreFoundByTheirFirstNode) {
    const tests::TempDir sys;
    const auto folder = sys / "class/video4linux";
    const auto add = [&](const std::string& node, const std::string& index) {
        std::filesystem::create_directories(folder / node / "device");
        std::ofstream(folder / node / "index") << index << "\n";
        std::ofstream(folder / node / "name") << "Front camera\n";
    };
    add("video2", "0");
    add("video3", "1");
    add("video0", "0");
    add("radio0", "0");
    add("video9", "0");
    std::ofstream(folder / "video9/device/bInterfaceNumber") << "00\n";
    const auto cameras = machine_cameras(sys.path());
    ASSERT_EQ(cameras.size(), 2U);
    EXPECT_EQ(cameras[0].node, "/dev/video0");
    EXPECT_EQ(cameras[1].node, "/dev/video2");
    EXPECT_EQ(cameras[1].name, "Front camera");
    EXPECT_TRUE(machine_cameras(sys / "none").empty());
}

}  // namespace
}  // namespace fangxin::drivers
