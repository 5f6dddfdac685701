#include "drivers/devices_file.hpp"

#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace fangxin::drivers {
namespace {

std::string read(const std::string& text) {
    tests::TempDir folder;
    std::ofstream(folder / "devices.toml") << text;
    auto config = read_devices(folder / "devices.toml");
    if (!config) return config.error().code + ": " + config.error().detail;
    std::string said;
    if (config->printer) said += "printer " + config->printer->target;
    if (config->scale) said += " scale " + config->scale->protocol;
    for (const ScannerConfig& scanner : config->scanners)
        said += " scanner " + scanner.protocol + " " + scanner.line +
                (scanner.caps_light ? " caps" : "") + (scanner.form ? " form" : "");
    if (config->display) said += " display " + config->display->protocol;
    if (config->camera) {
        said += " camera " + config->camera->source + config->camera->pipeline + " " +
                std::to_string(config->camera->twice_ms);
    }
    return said;
}

TEST(DevicesFile, ReadsWhatTheTechnicianWrote) {
    EXPECT_EQ(read("[printer]\ntarget = \"file:/p\"\n[scale]\nport = \"/dev/ttyS0\"\n"
                   "protocol = \"toledo-continuous\"\n[scanner]\nport = \"/dev/ttyS1\"\n"),
              "printer file:/p scale toledo-continuous scanner serial ");
}

TEST(DevicesFile, KnowsSeveralScannersTheirFormsAndTheCustomersDisplay) {
    EXPECT_EQ(read("[[scanner]]\nport = \"usb:0c2e:0200\"\nprotocol = \"keyboard\"\n"
                   "caps_light = true\n"
                   "[scanner.form]\nprefix = \"\"\nsuffix = \"\\r\"\naim = true\n"
                   "separator = \"029\"\nswapped_case = false\n"
                   "[[scanner]]\nport = \"/dev/ttyS1\"\n"
                   "[display]\nport = \"/dev/ttyS2\"\nprotocol = \"led8\"\n"),
              " scanner keyboard  caps form scanner serial  display led8");
}

TEST(DevicesFile, ACameraIsADeviceOrAPipeline) {
    EXPECT_EQ(read("[camera]\nsource = \"/dev/video0\"\n"), " camera /dev/video0 1000");
    EXPECT_EQ(read("[camera]\npipeline = \"videotestsrc ! queue\"\ntwice_ms = 2500\n"),
              " camera videotestsrc ! queue 2500");
    const char* one = "bad_devices_file: camera.source or pipeline is to be given, one of them";
    EXPECT_EQ(read("[camera]\n"), one);
    EXPECT_EQ(read("[camera]\nsource = \"/dev/video0\"\npipeline = \"videotestsrc\"\n"), one);
}

TEST(DevicesFile, NamesWhatIsMisspelt) {
    EXPECT_EQ(read("[printer]\ntarget = \"x\"\ncolums = 42\n"),
              "bad_devices_file: printer.colums is not a key here");
    EXPECT_EQ(read("[pinter]\n"), "bad_devices_file: pinter is no kind of device");
    EXPECT_EQ(read("[scale]\nport = 3\nprotocol = \"x\"\n"),
              "bad_devices_file: scale.port must be a text");
    EXPECT_EQ(read("[printer]\ntarget = \"x\"\ncolumns = 400\n"),
              "bad_devices_file: printer.columns must be an integer from 24 to 96");
}

TEST(DevicesFile, SaysWhereTheFileIsTorn) {
    EXPECT_TRUE(read("[printer]\ntarget = \"x\n").starts_with("bad_devices_file: line 2"));
}

}  // namespace
}  // namespace fangxin::drivers
