#include "drivers/scales/registry.hpp"

#include "drivers/scales/hid_report.hpp"
#include "drivers/scales/mt_sics.hpp"
#include "drivers/scales/profile.hpp"
#include "drivers/scales/protocols.hpp"
#include "drivers/scales/toledo.hpp"

#include <algorithm>
#include <array>

namespace fangxin::drivers {

namespace {

template <class Parser>
std::unique_ptr<ScaleParser> make() {
    return std::make_unique<Parser>();
}

template <FrameProtocol (*protocol)()>
std::unique_ptr<ScaleParser> make() {
    return std::make_unique<TemplateParser>(protocol());
}

using namespace std::literals;

constexpr LineSettings line_8n1{.baud = 9600};
constexpr LineSettings line_7e1{.baud = 9600, .data_bits = 7, .parity = Parity::even};
constexpr auto silent_of_motion = 5;

const std::array rows{
    ScaleDriver{.id = "mt-8217",
                .words = "Mettler-Toledo 8217: Viva, Ariva-S, Magellan",
                .capture = "scale_mt_8217.hex",
                .line = line_7e1,
                .make = make<mt_8217>,
                .ask = "W",
                .zero = "Z",
                .tare = "T\r",
                .clear_tare = "C"},
    ScaleDriver{.id = "toledo-continuous",
                .words = "Toledo continuous output: 8142, 8530, IND, Wildcat, 托利多",
                .capture = "toledo_continuous_checked.hex",
                // 8N1 also reads a scale set to 7E1: as many bits, and the parser drops the eighth
                .line = line_8n1,
                .make = make<ToledoContinuous>,
                .zero = "Z",
                .tare = "T",
                .clear_tare = "C"},
    ScaleDriver{.id = "mt-sics",
                .words = "Mettler-Toledo MT-SICS",
                .capture = "scale_mt_sics.hex",
                .line = line_8n1,
                .make = make<MtSics>,
                .ask = "SI\r\n",
                .answer_ms = 500,
                .zero = "Z\r\n",
                .tare = "T\r\n",
                .clear_tare = "TAC\r\n"},
    ScaleDriver{.id = "cas",
                .words = "CAS AP, PD-II, SW-II, Ohaus Aviator 7000 (ENQ, ACK, DC1)",
                .capture = "scale_cas.hex",
                .line = line_8n1,
                .make = make<cas>,
                .ask = "\x05",
                .answer_ms = 300},
    ScaleDriver{.id = "os2",
                .words = "顶尖 OS2, OS2X, OS2CX",
                .capture = "scale_os2.hex",
                .line = line_8n1,
                .make = make<os2>,
                .ask = "\x05",
                .answer_ms = 300,
                .zero = "<ZK>\t",
                .tare = "<TK>\t"},
    ScaleDriver{.id = "nci",
                .words = "NCI, Weigh-Tronix (SCP-01)",
                .capture = "scale_nci.hex",
                .line = line_7e1,
                .make = make<nci>,
                .ask = "W\r",
                .zero = "Z\r",
                .tare = "T\r"},
    ScaleDriver{.id = "xk3190",
                .words = "耀华 XK3190, sends by itself",
                .capture = "scale_xk3190.hex",
                .line = line_8n1,
                .make = make<xk3190>,
                .stable_frames = silent_of_motion},
    ScaleDriver{.id = "xk3190-command",
                .words = "耀华 XK3190, asked",
                .capture = "scale_xk3190_command.hex",
                .line = line_8n1,
                .make = make<xk3190_command>,
                .ask = "\x02"
                       "AB03\x03",
                .stable_frames = silent_of_motion},
    ScaleDriver{.id = "st-gs",
                .words = "Lines of ST,GS: bench and platform scales, Dini Argeo, Excell",
                .capture = "scale_st_gs.hex",
                .line = line_8n1,
                .make = make<st_gs>},
    ScaleDriver{.id = "and",
                .words = "A&D: EK, GC, FG",
                .capture = "scale_and.hex",
                .line = {.baud = 2400, .data_bits = 7, .parity = Parity::even},
                .make = make<and_scale>,
                .ask = "Q\r\n",
                .zero = "Z\r\n",
                .tare = "T\r\n"},
    ScaleDriver{.id = "cas-22",
                .words = "CAS NT-200, PDS, CI-600D: 22 bytes",
                .capture = "scale_cas_22.hex",
                .line = line_8n1,
                .make = make<cas_22>},
    ScaleDriver{.id = "hid",
                .words = "USB point-of-sale scale (HID usage page 8Dh)",
                .capture = "scale_hid.hex",
                .cable = Cable::hid,
                .make = make<HidReportScale>,
                .zero = "\x02\x02"},
};

}  // namespace

std::span<const ScaleDriver> scale_drivers() { return rows; }

const ScaleDriver* find_scale_driver(std::string_view id) {
    auto row = std::find_if(rows.begin(), rows.end(), [id](const auto& r) { return r.id == id; });
    return row == rows.end() ? nullptr : &*row;
}

Result<ScaleDriver> scale_driver(std::string_view protocol) {
    constexpr std::string_view profile = "profile:";
    if (protocol.starts_with(profile)) {
        return read_scale_profile(std::string(protocol.substr(profile.size())));
    }
    if (const ScaleDriver* row = find_scale_driver(protocol)) return *row;
    return failure("bad_protocol", std::string(protocol));
}

}  // namespace fangxin::drivers
