// Shanghai Dahua (大华) TM label scales: a line of digits for each PLU over TCP port 4001.
//
//     !0V pppp A ccccccc $$$$$$ m ii ii ii ddd ss gg n{13} ttttt ll (13 × 00) B name C D E CR LF
//     p PLU · c goods code, flag in front · $ fen a kilogram or piece · m 0 weighed, 1 pieces
//     i special texts · d shelf life, days · s shop name · g department · t tare, grams · l label
//
// The maker's own document is not public. Agreed between sources that do not know each other:
//   - ch593030323/fastfd (GitHub), electronicscale_dahua.cpp: the fields and their widths, code of
//     at most five digits behind the flag, names in 区位码, answers `0iaa0 CR LF 03h` to `!0IA` and
//     `0l00 CR LF 03h` to `!0L00…`;
//   - com.myframe.www.lctdahua (Android, on GitHub), NetTool.java: port 4001, the same line;
//   - zunusoveldos1-byte/NurMarketKassa (GitHub), DahuaTmProtocol.cs: widths out of the maker's
//     database, 132 digits of a name, 4000 PLUs, 2.5 s for an answer, `CR LF 03h` or `CR CR LF` at
//     its end, and of a live TM-30F the answer `0u0001A…` to `!0U0001A`;
//   - CSDN 10259478, 大华电子秤客户端: `!0IA` clears all PLUs.
// Sure: the line, the end of answers, `!0IA`. Taken from the other commands: that the answer to
// `!0V` repeats the PLU, `0v0001…`; one without a number is taken too. Not known: how a refusal
// looks; any other whole answer is told as one. Not known either: how one PLU is removed; all are.
// Where the sources differ: `s` is the shop name's number, on a TM-30F the label's flag. It is the
// scale's `department` here, 0 if left out. Names of scales sold abroad are in bytes, three digits
// each; ours are the Chinese ones.
#pragma once

#include "drivers/label_scales/protocol.hpp"

namespace fangxin::drivers {

extern const LabelProtocol dahua_tm;

}  // namespace fangxin::drivers
