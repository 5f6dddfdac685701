// Bytes of a job as characters: two of GB18030, or one of the code page that `ESC t` chose. Owned
// by one reading; one thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

struct UConverter;

namespace fangxin::drivers {

class CodePages {
  public:
    CodePages();
    ~CodePages();

    /// U+FFFD if the two bytes are no character.
    char32_t decode_pair(std::string_view pair);
    /// GB18030 pairs and ASCII between, as UTF-8.
    std::string decode_text(std::string_view bytes);
    /// Of code page `ESC t page`; those unknown here are read as PC437.
    char32_t decode(int page, int byte);

  private:
    struct Close {
        void operator()(UConverter* converter) const;
    };
    using Converter = std::unique_ptr<UConverter, Close>;
    static char32_t convert(UConverter* converter, std::string_view bytes);

    Converter gb18030_;
    std::map<int, Converter> pages_;
};

}  // namespace fangxin::drivers
