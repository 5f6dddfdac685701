// CAS CL5000J label scales: framed records over TCP port 20304, numbers with the low byte first.
//
//     W L · address 4 · , · length 2 · : · body · : · checksum · CR
//     body of a PLU: department 2, PLU 4, type 1, name 40 + 40 + 5, group 2, label 2, …, item code
//     4, …, price 4, …, tare 4, …, sell by days 4, hours 1, …  (147 bytes)
//     body that removes one: department 2, PLU 4
//
// Source: lsfusion-solutions/erp (GitHub), equ-clt/…/handler/cas/CL5000JHandler.java, in use in
// shops: every field's place and width, the checksum (sum of all bytes from the address to the last
// colon), the answer (byte 14 a colon: done; else the number of what was wrong) and what the
// numbers mean. It sends the label's flag as the department.
// Not confirmed, and so not sent: tare (which unit) and goods by the piece (which type). Its
// answers' checksum is not looked at, for the source does not. That source adds a day to the shelf
// life; we do not: on a scale that wants it the label is a day short, never a day long. It writes
// names in Windows-1251; that Chinese models take GB 2312 there is assumed.
#pragma once

#include "drivers/label_scales/protocol.hpp"

namespace fangxin::drivers {

extern const LabelProtocol cas_cl5000;

}  // namespace fangxin::drivers
