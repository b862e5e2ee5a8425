#include "ticketing/organisation/rules.hpp"

#include <algorithm>
#include <iterator>

namespace hotline::ticketing::organisation {
namespace {

struct Told {
    std::string_view what;
    std::string_view zh;
    std::string_view en;
};

// {} takes the fault's words in order.
constexpr Told sentences[] = {
    {"bad_code",
     "单位编码应为2至60个字母、数字、“.”“-”“_”，请修改。",
     "A unit's code has 2 to 60 letters, digits, '.', '-' or '_'; please change it."},
    {"code_changes",
     "单位编码“{}”一经使用不能更改，请保留原编码；需要换码时停用本单位并新建。",
     "The code “{}” stays once it is in use; keep it, or deactivate this unit and add another."},
    {"code_taken",
     "单位编码“{}”已由{}使用，请换一个编码。",
     "The code “{}” belongs to {}; choose another."},
    {"unit_name",
     "单位名称应为2至80个字，请补全或缩短。",
     "A unit's name has 2 to 80 characters; please correct it."},
    {"official_name",
     "姓名应为1至60个字，请补全。",
     "A name has 1 to 60 characters; please correct it."},
    {"enterprise_name",
     "企业名称应为1至160个字，请补全或缩短。",
     "An enterprise's name has 1 to 160 characters; please correct it."},
    {"no_parent",
     "没有这个上级单位，请从列表中选择或先新建上级单位。",
     "There is no such unit to stand above it; choose one from the list or add it first."},
    {"parent_out_of_use",
     "上级单位{}已停用，请改选在用的单位或先启用它。",
     "{}, the unit above, is out of use; choose another or activate it first."},
    {"ring",
     "把{}放到{}下面会使单位互为上下级，请另选上级。",
     "{} below {} would make units stand above themselves; choose another parent."},
    {"too_deep",
     "单位层级不能超过{}级，请选择更高一级的上级。",
     "The tree has at most {} levels; choose a unit further up."},
    {"level_above_parent",
     "本单位的层级高于上级单位{}，请改选层级或上级。",
     "Its level is above that of {}, the unit above it; change the level or the parent."},
    {"function_too_long",
     "职能代码不能超过40个字，请缩短。",
     "A function has at most 40 characters; please shorten it."},
    {"function_taken",
     "该地这项职能已由{}承担，请更换职能或先停用它。",
     "{} already has this function there; choose another or deactivate that unit first."},
    {"unit_has_tickets",
     "该单位还有{}件未办结工单，请先改派或办结，再停用。",
     "It still leads {} open tickets; have them dispatched elsewhere or closed first."},
    {"unit_has_officials",
     "该单位还有{}名在册干部，请先调出或停用，再停用单位。",
     "It still has {} active officials; move or deactivate them first."},
    {"unit_has_units",
     "该单位下面还有{}个在用单位，请先调整其上级或停用，再停用本单位。",
     "There are {} active units below it; give them another parent or deactivate them first."},
    {"bad_number",
     "工号应为1至40个字，请填写。",
     "A staff number has 1 to 40 characters; please give it."},
    {"number_changes",
     "工号“{}”一经使用不能更改，请保留原工号。",
     "The staff number “{}” stays once it is in use; please keep it."},
    {"number_taken",
     "工号“{}”已由{}使用，请核对工号。",
     "The staff number “{}” belongs to {}; please check it."},
    {"no_unit",
     "{}没有所属单位，请选择一个在用的单位。",
     "{} belongs to no unit of the directory; choose an active one."},
    {"unit_out_of_use", "{}已停用，请选择在用的单位。", "{} is out of use; choose an active unit."},
    {"own_deputy",
     "本人不能做自己的副手，请另选一人或留空。",
     "Nobody stands in for himself; choose another or leave it empty."},
    {"no_deputy",
     "副手不在册，请选择同单位的在册干部或留空。",
     "The deputy is not an active official; choose one of the same unit or leave it empty."},
    {"deputy_elsewhere",
     "副手{}属于其他单位，请选择同单位的干部或留空。",
     "{}, the deputy, belongs to another unit; choose one of the same or leave it empty."},
    {"capacity",
     "在手工单上限应为1至100的整数，请修改。",
     "The capacity is a whole number from 1 to 100; please change it."},
    {"unknown_duty",
     "派单目录里没有“{}”这个事项或职能，请从列表中选择。",
     "The duty list has no topic or function “{}”; choose one from it."},
    {"too_many_duties",
     "分管事项过多（合计不能超过200字），请精简或留空表示全部。",
     "The duties are too long together (200 characters); shorten them, or leave them empty for "
     "all."},
    {"official_has_tickets",
     "该干部还有{}件未办结工单，请先改派给他人，再停用或调动。",
     "He still has {} open tickets; reassign them before he leaves or moves."},
    {"official_has_cards",
     "该干部还有{}张有效连心卡，请指定接手的干部后再停用。",
     "He holds {} contact cards; name an official who takes them over."},
    {"no_successor",
     "接手的干部不在册或就是本人，请另选一人。",
     "Who takes over is not another active official; choose somebody else."},
    {"leave_of_nobody",
     "该干部不在册，请选择在册干部。",
     "He is not an active official; choose one."},
    {"leave_ends_first",
     "休假的最后一天早于第一天，请修改日期。",
     "The last day of leave is before the first; change the dates."},
    {"leave_reason",
     "休假事由不能超过100字，请缩短。",
     "The reason has at most 100 characters; please shorten it."},
    {"leave_overlaps",
     "与{}开始的另一次休假重叠，请修改日期或撤销其中一次。",
     "It overlaps the leave from {} on; change the dates or withdraw one of the two."},
    {"leave_official_changes",
     "休假不能改记到别人名下，请撤销后为该干部另记。",
     "A leave stays with its official; withdraw it and note another."},
    {"turn_of_no_unit",
     "没有这个在用的单位，请从列表中选择。",
     "There is no such active unit; choose one from the list."},
    {"turn_of_nobody",
     "值班人员不在册，请选择在册干部。",
     "Who is on duty is not an active official; choose one."},
    {"turn_elsewhere",
     "{}不是本单位的干部，请选择本单位人员值班。",
     "{} belongs to another unit; choose somebody of this one."},
    {"turn_on_leave",
     "该干部在{}休假，请换人值班或先修改休假。",
     "He is on leave on {}; choose somebody else or change the leave first."},
    {"turn_overlaps",
     "该干部在{}已有重叠的值班，请修改时间。",
     "He has another turn at that time on {}; change the times."},
    {"card_twice",
     "这家企业与该干部之间已有有效的连心卡，不必重复发卡。",
     "The enterprise has a card of this official in force; no second one is needed."},
    {"card_ended",
     "这家企业与该干部之间有一张已停用的连心卡，请启用原卡。",
     "There is a card of the two that was ended; activate that one."},
    {"card_pair_changes",
     "连心卡的企业和干部不能更改，请停用后另发一张。",
     "A card keeps its enterprise and official; end it and give another."},
    {"card_of_no_firm",
     "没有这家在册企业，请核对后重新选择。",
     "There is no such enterprise in use; check it and choose again."},
    {"card_of_nobody", "该干部不在册，请选择在册干部。", "He is not an active official; choose one."
    },
    {"no_division",
     "没有“{}”这个区划，请从列表中选择。",
     "There is no place “{}”; choose one from the list."},
    {"no_county",
     "没有“{}”这个县（市、区），请从列表中选择。",
     "There is no county “{}”; choose one from the list."},
    {"no_zone",
     "没有“{}”这个开发区，请从列表中选择或留空。",
     "There is no development zone “{}”; choose one from the list or leave it empty."},
    {"no_town",
     "该县（市、区）没有“{}”这个镇街，请从列表中选择或留空。",
     "The county has no town “{}”; choose one from the list or leave it empty."},
    {"bad_uscc",
     "统一社会信用代码“{}”应为18位，不含I、O、S、V、Z，请对照营业执照核对。",
     "The credit code “{}” needs 18 characters without I, O, S, V, Z; compare it with the "
     "licence."},
    {"uscc_taken",
     "这个统一社会信用代码已登记为{}，请在原条目上修改。",
     "This credit code belongs to {}; change that entry."},
    {"address", "地址不能超过200字，请缩短。", "An address has at most 200 characters; shorten it."
    },
    {"industry",
     "行业门类应为GB/T 4754的A至T，请重新选择或留空。",
     "The industry is a section of GB/T 4754, A to T; choose one or leave it empty."},
    {"size",
     "企业规模应为1（微型）至4（大型），请重新选择。",
     "The size is 1 (micro) to 4 (large); please choose again."},
    // Of the whole directory (whole.cpp): what the server goes on without.
    {"parent_gone",
     "{}的上级单位不存在，已按没有上级处理，请改正。",
     "The unit above {} does not exist: it counts as a root; please mend it."},
    {"ring_cut",
     "{}与其上级互为上下级，已按没有上级处理，请改正。",
     "{} stands above itself in a ring: it counts as a root; please mend it."},
    {"function_twice",
     "{}与{}在同一地承担同一职能，派单只认前者，请改正。",
     "{} and {} have the same function in one place: the former counts; please mend it."},
    {"official_without_unit",
     "干部{}没有所属的在用单位，暂不参与派单，请改正。",
     "{} belongs to no active unit and gets no tickets; please mend it."},
    {"deputy_dropped",
     "干部{}的副手不是同单位的在册干部，已忽略，请改正。",
     "The deputy of {} is no active official of his unit and is ignored; please mend it."},
    {"capacity_bounded",
     "干部{}的在手工单上限不在1至100之间，已按{}处理，请改正。",
     "The capacity of {} is not within 1 to 100 and counts as {}; please mend it."},
    {"duty_ignored",
     "干部{}分管的“{}”不在派单目录里，已忽略，请改正。",
     "A duty of {}, “{}”, is not of the duty list and is ignored; please mend it."},
    {"card_dropped",
     "企业{}的一张连心卡属于不在册的干部或重复，已忽略，请改正。",
     "A contact card of enterprise {} is somebody's who is no active official, or a second one: "
     "ignored; please mend it."},
};

std::string completed(std::string_view sentence, const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        const auto gap = sentence.find("{}");
        if (gap == std::string_view::npos) break;
        out.append(sentence.substr(0, gap)).append(word);
        sentence.remove_prefix(gap + 2);
    }
    return out.append(sentence);
}

}  // namespace

std::string label(Rule rule) {
    return "O" + std::to_string(static_cast<int>(rule));
}

std::string sentence(const Fault& fault, bool english) {
    const auto at = std::ranges::find(sentences, fault.what, &Told::what);
    // A code without a row, which a test excludes, tells itself.
    if (at == std::end(sentences)) return std::string{fault.what};
    return completed(english ? at->en : at->zh, fault.words);
}

}  // namespace hotline::ticketing::organisation
