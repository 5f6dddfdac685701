// Goods for label scales out of a CSV file, the shop's scales out of a TOML file, and goods as a
// file for the makers' own programs. Any thread.
//     plu,code,name,price,unit,tare_g,shelf_life,label,category
//     17,10017,红富士苹果,12.80,kg,5,3d,0,0
// `plu`, `code`, `name` and `price` (yuan) must be there; unit kg or piece; shelf life 3d or 12h.
//     [[scale]]
//     id = "fish"
//     words = "水产"                       # may be left out
//     address = "tcp:192.168.1.21:4001"   # the port may be left out
//     protocol = "dahua-tm"
//     pattern = "FFWWWWWEEEEEC"           # as in label formats
//     flag = "21"
//     department = 0                      # may be left out
#pragma once

#include "domain/result.hpp"
#include "drivers/label_scales/goods.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

/// UTF-8. Errors: `not_found`; `bad_goods_file` with `file:line: reason` for all that is wrong.
/// A file without goods is an error too: it would empty the scales.
Result<std::vector<LabelGoods>> read_label_goods(const std::filesystem::path& file);

/// Errors: `not_found`; `bad_scales_file` likewise.
Result<std::vector<LabelScale>> read_label_scales(const std::filesystem::path& file);

enum class LabelVendor { aclas, general };
}  // namespace fangxin::drivers

namespace fangxin::domain {
template <>
struct EnumTable<drivers::LabelVendor> {
    static constexpr std::array rows{EnumText{drivers::LabelVendor::aclas, "aclas"},
                                     EnumText{drivers::LabelVendor::general, "general"}};
};
}  // namespace fangxin::domain

namespace fangxin::drivers {

/// In GB18030. `aclas`: tabs, the columns that AclasSDK takes for LS2 scales (顶尖), `flag` as its
/// department; fields and values as lsfusion-solutions/erp (GitHub) sends them in
/// AclasLS2Handler.java: unit 4 kg or 10 piece, package 0 or 2, barcode type 7 (codes of 5 digits),
/// freshness in hours. Tare is in none of its columns, and is refused. `general`: a header in
/// Chinese and commas, for any program that can be told which column is what.
/// Errors: `bad_character` `bad_tare` `bad_code` with the PLU.
Result<std::string> vendor_file(const std::vector<LabelGoods>& goods, LabelVendor vendor,
                                const std::string& flag);

}  // namespace fangxin::drivers
