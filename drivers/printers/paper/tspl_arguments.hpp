// The words of one TSPL command. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

struct TsplArgument {
    std::string text;  ///< without blanks around it and quotes; \["] is a quote
    bool quoted = false;

    /// 0 if it is no number; `x4` and `4 mm` are 4.
    int number() const;
};

struct TsplWords {
    std::string name;  ///< in capitals
    std::vector<TsplArgument> arguments;

    bool has(std::size_t count) const { return arguments.size() >= count; }
    /// An empty one where there are fewer.
    const TsplArgument& at(std::size_t place) const;
};

/// `TEXT 8,8,"3",0,1,1,"a,b"` → TEXT and seven arguments.
TsplWords read_tspl_line(std::string_view line);

}  // namespace fangxin::drivers
