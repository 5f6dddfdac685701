// Toledo "continuous output": what 8142, 8530, IND and Wildcat indicators and many Chinese clones
// (托利多) send seven times a second without being asked. Owned and called by one thread.
// Sources: Mettler-Toledo Wildcat technical manual 6-4, 6-5; Rockwell 57C428 appendix D;
// cncal.com/article/39022 (8530D).
#pragma once

#include "drivers/scales/scale_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>

namespace fangxin::drivers {

/// Takes readings out of Toledo continuous output.
///     STX A B C ␠␠1234 ␠␠␠␠50 CR CHK
///     0   1 2 3 4    9 10  15 16 17     weight 4-9, tare 10-15, no decimal point
///     A  b2..b0 place of the point (5 = XXX.XXX), b4 b3 increment (1, 2, 5), b5 = 1, b6 = 0
///     B  b0 net, b1 negative, b2 out of range, b3 motion, b4 kg (0 = lb), b5 = 1, b6 not zeroed
///     C  b0 grams, b3 print request, b4 display expanded by ten, b5 = 1
/// CHK brings the sum of all 18 to 0 modulo 128; scales may be set not to send it. Which form this
/// one sends is found out from the byte after CR: its checksum, or the next STX (after two such
/// frames the STX is no longer waited for). CHK may itself be 02, 0D or 00, so a frame ends by its
/// length, never by CR. With checksums, a frame that fails its own is dropped.
/// Bit 7 (parity, on a line opened as 8N1) is ignored. Memory stays bounded whatever comes.
class ToledoContinuous final : public ScaleParser {
  public:
    void feed(std::span<const std::byte> bytes) override;
    std::optional<Reading> next() override;
    std::size_t held() const override { return frame_.size() + ready_.size(); }

  private:
    enum class Form { unknown, bare, checked };

    void take(std::uint8_t byte);
    void drop_first();
    void settle();
    void settle_unknown();
    void settle_checked();
    void accept(std::size_t length, Form seen);

    std::string frame_;  ///< from an STX on, at most 19 bytes
    std::deque<Reading> ready_;
    Form form_ = Form::unknown;
    int bare_seen_ = 0;      ///< frames in a row followed by STX and not by their checksum
    int bad_checksums_ = 0;  ///< in a row, while the form is `checked`
    std::optional<unsigned> bare_sum_;  ///< of a bare frame just taken: its checksum may yet come
};

}  // namespace fangxin::drivers
