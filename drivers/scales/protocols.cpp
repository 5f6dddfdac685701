#include "drivers/scales/protocols.hpp"

namespace fangxin::drivers {

namespace {

using enum ScaleState;

unsigned bits(char byte) { return static_cast<unsigned char>(byte); }

bool is_set(unsigned byte, int bit) { return ((byte >> static_cast<unsigned>(bit)) & 1U) != 0; }

/// ␠␠.␠␠␠ and 12345. are no weights of a scale that writes WW.WWW.
template <int decimals>
std::optional<Reading> with_decimals(const FrameFields& fields, Reading reading) {
    const auto& mass = fields.net ? fields.net : fields.mass;
    if (!mass || mass->decimals != decimals || mass->digits < 0) return std::nullopt;
    return reading;
}

/// b7 parity · b6 always 1 · b5 net · b4 centre of zero · b3 outside zero capture range · b2 under
/// zero · b1 over capacity · b0 in motion. b3 to b5 alone are the answer to a zero or tare command,
/// not to `W`, and no reading.
std::optional<Reading> mt_8217_status(const FrameFields& fields, Reading reading) {
    const unsigned status = bits(fields.any[0]);
    if (!is_set(status, 6)) return std::nullopt;
    if (is_set(status, 1)) {
        reading.state = over;
    } else if (is_set(status, 2)) {
        reading.state = under;
    } else if (is_set(status, 0)) {
        reading.state = motion;
    } else {
        return std::nullopt;
    }
    return reading;
}

/// Two bytes, or three where b6 of the second announces it; b5 and b4 of each are 1.
///     1  b0 motion  b1 at zero  b2 RAM error  b3 EEPROM error
///     2  b0 under   b1 over     b2 ROM error  b3 faulty calibration
///     3  b1 b0 range  b2 net  b3 zero not found at the start
std::optional<Reading> nci_status(const FrameFields& fields, Reading reading) {
    const std::string& status = fields.any;
    for (std::size_t i = 0; i < status.size(); ++i) {
        const bool announces = is_set(bits(status[i]), 6);
        const bool another = i + 1 < status.size();
        if ((bits(status[i]) & 0x30U) != 0x30U) return std::nullopt;
        if (i == 0 ? announces : announces != another) return std::nullopt;
    }
    const unsigned first = bits(status[0]);
    const unsigned second = bits(status[1]);
    const unsigned third = status.size() > 2 ? bits(status[2]) : 0;
    const bool says_mass = fields.mass.has_value();
    if (is_set(first, 2) || is_set(first, 3) || is_set(second, 2) || is_set(second, 3)) {
        reading.state = fault;
    } else if (is_set(third, 3)) {
        reading.state = zero_error;
    } else if (is_set(second, 1)) {
        reading.state = over;
    } else if (is_set(second, 0)) {
        reading.state = under;
    } else if (is_set(first, 0)) {
        reading.state = motion;
    } else if (!says_mass) {
        return std::nullopt;  // well, and no weight in it: the answer to another command
    }
    return reading;
}

/// The lamp's b6 is lit while the mass is stable; a head that says otherwise is not believed.
std::optional<Reading> cas_22_lamp(const FrameFields& fields, Reading reading) {
    const unsigned lamp = bits(fields.any[1]);
    if (reading.state == stable && !is_set(lamp, 6)) reading.state = motion;
    return reading;
}

const std::vector<StateWord> steady_or_not = {{"S", stable}, {"U", motion}, {"F", over}};
const std::vector<StateWord> st_us = {{"ST", stable}, {"US", motion}};
const std::vector<StateWord> out_of_range = {
    {"OL", over}, {"UL", under}, {"TL", fault}, {"QT", fault}};

FrameProtocol enq_ack_dc1(const std::string& frame, const std::string& over_in_sign) {
    return {.rules = {{.frame = frame, .states = steady_or_not},
                      {.frame = over_in_sign, .state = over},
                      {.frame = "\\x06", .reply = "\x11"}}};
}

}  // namespace

FrameProtocol mt_8217() {
    return {.rules = {{.frame = "\\x02{mass:6}\\r", .refine = with_decimals<3>},
                      {.frame = "\\x02{net:6}N\\r", .refine = with_decimals<3>},
                      {.frame = "\\x02{mass:5}\\r", .unit = "lb", .refine = with_decimals<2>},
                      {.frame = "\\x02{net:5}N\\r", .unit = "lb", .refine = with_decimals<2>},
                      {.frame = "\\x02 ?{any:1}\\r", .state = fault, .refine = mt_8217_status}},
            .seven_bits = true};
}

FrameProtocol cas() {
    return enq_ack_dc1("\\x01\\x02{[}{state}{sign}{mass:6}{unit:2}{xor}\\x03\\x04",
                       "\\x01\\x02{[}{any:1}F{mass:6}{unit:2}{xor}\\x03\\x04");
}

FrameProtocol os2() {
    return enq_ack_dc1("{[}\\x01\\x02{state}{sign}{mass:6}{unit:2}{xor}\\x03\\x04",
                       "{[}\\x01\\x02{any:1}F{mass:6}{unit:2}{xor}\\x03\\x04");
}

FrameProtocol nci() {
    return {.rules = {{.frame = "\\n{mass} {unit} \\r\\nS{any:2}\\r\\x03", .refine = nci_status},
                      {.frame = "\\n{mass} {unit} \\r\\nS{any:3}\\r\\x03", .refine = nci_status},
                      {.frame = "\\n{mass} {unit} \\r\\n{any:2}\\r\\x03", .refine = nci_status},
                      {.frame = "\\n{mass} {unit} \\r\\n{any:3}\\r\\x03", .refine = nci_status},
                      {.frame = "\\nS{any:2}\\r\\x03", .state = fault, .refine = nci_status},
                      {.frame = "\\nS{any:3}\\r\\x03", .state = fault, .refine = nci_status},
                      {.frame = "\\n{any:2}\\r\\x03", .state = fault, .refine = nci_status},
                      {.frame = "\\n{any:3}\\r\\x03", .state = fault, .refine = nci_status},
                      {.frame = "\\n?\\r\\x03", .state = fault}},
            .seven_bits = true};
}

FrameProtocol xk3190() {
    return {.rules = {{.frame = "\\x02{[}{sign}{mass:6}{point}{xor:hex}\\x03"}}};
}

FrameProtocol xk3190_command() {
    return {.rules = {{.frame = "\\x02{[}AB{sign}{mass:6}{point}{xor:hex}\\x03"}}};
}

FrameProtocol st_gs() {
    return {.rules = {{.frame = "{state:2},GS, {gross} {unit}\\r", .states = st_us},
                      {.frame = "{state:2},GS, {gross} , {unit}\\r", .states = st_us},
                      {.frame = "{state:2},NT, {net} {unit}\\r", .states = st_us},
                      {.frame = "{state:2},NT, {net} , {unit}\\r", .states = st_us},
                      {.frame = "OL,GS, -{rest}\\r", .state = under},
                      {.frame = "OL,NT, -{rest}\\r", .state = under},
                      {.frame = "OL,GS, +{rest}\\r", .state = over},
                      {.frame = "OL,NT, +{rest}\\r", .state = over},
                      {.frame = "{state:2},GS, , {unit}\\r", .states = out_of_range},
                      {.frame = "{state:2},NT, , {unit}\\r", .states = out_of_range}}};
}

FrameProtocol and_scale() {
    return {.rules = {{.frame = "{state:2}, {mass} {unit}\\r", .states = st_us},
                      {.frame = "OL, -{rest}\\r", .state = under},
                      {.frame = "{state:2}, +{rest}\\r", .states = out_of_range},
                      {.frame = "{state:2}, -{rest}\\r", .states = out_of_range}},
            .seven_bits = true};
}

FrameProtocol cas_22() {
    return {.rules = {{.frame = "{state:2},GS,{any:2},{gross:8} {unit:2}\\r\\n",
                       .states = st_us,
                       .refine = cas_22_lamp},
                      {.frame = "{state:2},NT,{any:2},{net:8} {unit:2}\\r\\n",
                       .states = st_us,
                       .refine = cas_22_lamp},
                      {.frame = "{state:2},GS,{any:2},{rest}\\r\\n", .states = out_of_range},
                      {.frame = "{state:2},NT,{any:2},{rest}\\r\\n", .states = out_of_range}}};
}

}  // namespace fangxin::drivers
