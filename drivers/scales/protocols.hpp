// The protocols that are told by templates (template_parser.hpp), one function a protocol: what its
// frames look like and what of them is a weight. Constant values; any thread.
#pragma once

#include "drivers/scales/template_parser.hpp"

namespace fangxin::drivers {

/// Mettler-Toledo 8217, and what Viva, Ariva-S and Magellan scales speak under that name. Asked by
/// `W`. A weight is `STX WW.WWW CR`, with `N` before the CR when tare was taken off; one that is in
/// motion, negative or over capacity is `STX ? status CR` instead. WW.WW is pounds.
/// PSC Magellan 8500 service manual pp. 39, 45.
FrameProtocol mt_8217();

/// CAS AP, PD-II, SW-II, Ohaus Aviator 7000, Gram, Elzab: ENQ, the scale's ACK, DC1, and
///     SOH STX  S  ␠  01.234 kg  BCC  ETX EOT
/// BCC is the XOR of what stands between STX and itself. CAS AP manual; Aviator 7000 service p. 36.
FrameProtocol cas();

/// 顶尖 OS2, OS2X, OS2CX: the frame of CAS, its XOR counted from SOH on. OS2CX manual pp. 19, 23.
FrameProtocol os2();

/// NCI, Weigh-Tronix (AWTX SCP-01), asked by `W CR`: LF 01.234KG CR LF status CR ETX, some with an
/// S before the status. PSC manual pp. 36-37; 7821 user instructions p. 25.
FrameProtocol nci();

/// 耀华 XK3190 indicators that send by themselves: STX sign, six digits, decimals, XOR in two
/// characters, ETX. It says nothing of motion. XK3190-A23p manual p. 26.
FrameProtocol xk3190();

/// The same asked for the gross mass of address A, by `STX A B 0 3 ETX`.
FrameProtocol xk3190_command();

/// Bench and platform scales that send `ST,GS,+  1.234kg` lines; Dini Argeo with a comma before the
/// unit and a number in front, Excell, T-Scale.
FrameProtocol st_gs();

/// A&D: `ST,+0001.234 kg`. EK-L manual p. 28.
FrameProtocol and_scale();

/// CAS NT-200, PDS, CI-600D: the 22 bytes `ST,GS,` device, lamp, `,   1.234 kg`. CI-600D p. 74.
FrameProtocol cas_22();

}  // namespace fangxin::drivers
