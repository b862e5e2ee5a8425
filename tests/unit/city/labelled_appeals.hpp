#pragma once

#include <array>
#include <string_view>

// Appeals written for these tests, with what a dispatcher of the city would make of them. `unit` is
// the code of the unit that should lead; a blank field is not judged.
struct LabelledAppeal {
    std::string_view title;
    std::string_view content;
    std::string_view type;
    std::string_view topic;
    std::string_view urgency;
    std::string_view division;
    std::string_view unit;
};

// clang-format off
inline constexpr std::array labelled_appeals{
    LabelledAppeal{"车间一上午断了三回电", "我们在蒲城县孙镇做铸件，今天上午供电断了三次，电炉里的铁水都凝了，请尽快安排抢修。", "help", "用电", "urgent", "610526", "610526.state_grid"},
    LabelledAppeal{"变压器容量不够想增容", "大荔县许庄镇的果汁厂要上第二条线，现在315千伏安不够用，申请增容两个月没答复。", "help", "用电", "normal", "610523", "610523.state_grid"},
    LabelledAppeal{"电费账单看不懂", "请问峰谷电价是怎么算的？我厂在白水县，这个月电费比上个月多了一倍。", "consult", "用电", "normal", "610527", "610527.state_grid"},
    LabelledAppeal{"屋顶光伏迟迟不能并网", "澄城县韦庄镇一家冷库装了光伏，验收完三个月还没有并网。", "", "用电", "normal", "610525", "610525.state_grid"},
    LabelledAppeal{"园区整天没水", "潼关县城关街道食品加工厂，从昨晚起停水，锅炉不敢开，订单要耽误了。", "", "用水", "urgent", "610522", "610522.water_supply"},
    LabelledAppeal{"自来水压力太小", "合阳县我酒店在五楼，每到晚上水压不够，客人洗不了澡。", "", "用水", "normal", "610524", "610524.water_supply"},
    LabelledAppeal{"想打一口机井", "富平县奶山羊养殖场，自来水不够用，想自己打井，需要办理什么手续？", "consult", "用水", "normal", "610528", "610528.water_affairs"},
    LabelledAppeal{"天然气停了窑炉要报废", "韩城市陶瓷厂，今天凌晨突然停气，窑炉降温就裂了，请马上恢复供气！", "help", "用气", "urgent", "610581", "610581.housing"},
    LabelledAppeal{"燃气初装费能不能分期", "咨询一下，饭店接天然气的初装费可不可以分期交？在华州区。", "consult", "用气", "normal", "610503", "610503.housing"},
    LabelledAppeal{"写字楼暖气一点不热", "临渭区杜桥街道的办公楼，供暖开始十天了，暖气片是凉的，室温只有十度。", "", "供热", "", "610502", "610502.housing"},
    LabelledAppeal{"工业蒸汽涨价", "渭南经开区，热力公司通知蒸汽价格每吨涨四十元，希望给个说法。", "", "供热", "normal", "6105G2", "city.housing"},
    LabelledAppeal{"扩建厂房没有土地指标", "蒲城县的农机厂要扩建，旁边二十亩工业用地指标一直批不下来。", "help", "用地", "normal", "610526", "610526.natural_resources"},
    LabelledAppeal{"土地出让金交了却不交地", "富平县，我公司去年摘牌一宗地，出让金全部缴清，至今没有净地交付。", "complaint", "用地", "normal", "610528", "610528.natural_resources"},
    LabelledAppeal{"占用林地手续怎么办", "想在韩城市西庄镇建花椒加工点，地块有一部分是林地，请问要办哪些手续？", "consult", "用地", "normal", "610581", "610581.forestry"},
    LabelledAppeal{"厂房建成八年办不出房产证", "华阴市罗敷镇，厂房2018年竣工，因历史原因一直办不下来不动产证，没法抵押。", "", "不动产", "normal", "610582", "610582.natural_resources"},
    LabelledAppeal{"解除抵押登记拖了半个月", "大荔县，贷款还清了，不动产登记中心说系统坏了，解押一直没办。", "", "不动产", "normal", "610523", "610523.natural_resources"},
    LabelledAppeal{"施工许可证卡住了", "合阳县标准化厂房项目，图纸审查过了，施工许可证两个月批不下来。", "", "规划建设", "normal", "610524", "610524.housing"},
    LabelledAppeal{"控规什么时候调整", "澄城县，我公司项目与控制性详细规划不符，想了解规划调整的流程和时间。", "consult", "规划建设", "normal", "610525", "610525.natural_resources"},
    LabelledAppeal{"物业公司停了我们的电梯", "临渭区向阳街道写字楼，物业公司擅自涨物业费，不交就停电梯，投诉物业。", "complaint", "", "normal", "610502", "610502.housing"},
    LabelledAppeal{"喷漆房环评怎么做", "华州区家具厂增加一间喷漆房，咨询环境影响评价要报告表还是备案。", "consult", "环评", "normal", "610503", "610503.ecology"},
    LabelledAppeal{"隔壁养猪场臭气熏天", "白水县杜康镇酒厂旁边的养猪场臭味很大，污水直排沟里，影响我们接待客户，希望管一管。", "", "环评", "normal", "610527", "610527.ecology"},
    LabelledAppeal{"重污染天气总让我们停", "韩城市龙门镇焦化企业，绩效分级B级，每次应急减排都要求限产，与文件不符。", "", "环评", "normal", "610581", "610581.ecology"},
    LabelledAppeal{"商场开业前消防检查", "富平县城关街道，超市装修完了，请问开业前消防安全检查怎么申请？", "consult", "消防", "normal", "610528", "610528.fire_rescue"},
    LabelledAppeal{"厂房消防验收没人管", "大荔县，厂房消防验收资料交了四十天，没有人来现场，请协调。", "help", "消防", "normal", "610523", "610523.housing"},
    LabelledAppeal{"安全标准化三级怎么评", "潼关县黄金选矿厂，想咨询安全生产标准化三级评审的条件。", "consult", "安全生产", "normal", "610522", "610522.emergency"},
    LabelledAppeal{"停产整改后申请复产验收", "韩城市煤矿机械厂，安全隐患已全部整改，申请复产验收一个月没人来。", "", "安全生产", "", "610581", "610581.emergency"},
    LabelledAppeal{"银行突然抽贷", "临渭区食品公司，贷款到期前银行口头答应续贷，还了钱却不给放了，资金链快断了。", "", "融资", "", "610502", "city.financial_regulator"},
    LabelledAppeal{"小微企业没有抵押物", "蒲城县烟花厂转型做包装，缺流动资金，没有抵押物，哪里能申请信用贷款？", "", "融资", "normal", "610526", "city.finance_office"},
    LabelledAppeal{"创业担保贷款要什么条件", "刚在合阳县开了家农家乐，想申请创业担保贷款，请问要准备哪些材料？", "consult", "融资", "normal", "610524", "city.human_resources"},
    LabelledAppeal{"发票额度太低", "渭南高新区软件公司，接了大单，数电票额度只有十万，申请提额被驳回。", "", "税务", "normal", "6105G1", "city.tax"},
    LabelledAppeal{"留抵退税一直没到账", "华阴市文创公司三月申请的增值税留抵退税，至今没到账。", "", "税务", "normal", "610582", "610582.tax"},
    LabelledAppeal{"举报同行不开票偷税", "举报富平县一家建材批发部，卖货从不开发票，两套账偷税，希望查处。", "report", "税务", "normal", "610528", "610528.tax"},
    LabelledAppeal{"新员工社保怎么增员", "请问公司在网上给新员工办社保登记要走什么流程？公司在澄城县。", "consult", "社保", "normal", "610525", "610525.human_resources"},
    LabelledAppeal{"生育津贴三个月没发", "大荔县，女职工生完孩子，生育津贴资料三个月前就交了，还没有拨下来。", "", "社保", "normal", "610523", "610523.medical_insurance"},
    LabelledAppeal{"工伤认定慢", "蒲城县罕井镇一名工人上月受伤，工伤认定申请递交后一直没有结论。", "", "社保", "normal", "610526", "610526.human_resources"},
    LabelledAppeal{"服装厂招不到缝纫工", "白水县服装厂缺五十名缝纫工，给的工资也不低，就是没有人来，请帮忙对接。", "help", "招工", "normal", "610527", "610527.human_resources"},
    LabelledAppeal{"员工突然离职泄露客户资料", "临渭区一家设计公司，离职员工违反竞业限制，劳动合同里有约定，请问怎么维权？", "consult", "劳动纠纷", "normal", "610502", "610502.human_resources"},
    LabelledAppeal{"包工头带人讨薪堵门", "韩城市，分包商没给工人发工资，三十几名工人堵住厂门讨薪，车进不来。", "", "", "urgent", "610581", ""},
    LabelledAppeal{"学校拖欠装修款两年", "我公司给大荔县一所中学做装修，合同价86万元，完工两年，还欠尾款41万元。", "complaint", "拖欠账款", "normal", "610523", "610523.industry"},
    LabelledAppeal{"街道办欠我们广告款", "华州区，给单位做宣传栏，货款12万元一拖再拖，多次催要无果。", "complaint", "拖欠账款", "normal", "610503", "610503.industry"},
    LabelledAppeal{"快递不到我们镇", "合阳县黑池镇做电商，快递公司都不上门揽收，要自己跑十几公里寄件。", "", "物流运输", "normal", "610524", "city.post"},
    LabelledAppeal{"大件运输许可太慢", "渭南市区重型机械厂发往外省的设备要办大件运输许可，半个月没批。", "", "物流运输", "normal", "610502", "610502.transport"},
    LabelledAppeal{"门前县道坑太多", "富平县美原镇到厂区的县道路面破损严重，货车颠得货都坏了，希望维修。", "help", "道路交通", "normal", "610528", "610528.transport"},
    LabelledAppeal{"货车白天进不了城", "临渭区蔬菜批发，配送货车限行，早上送不了货，能不能办通行证？", "", "道路交通", "normal", "610502", "610502.traffic_police"},
    LabelledAppeal{"厂区门口路灯全黑", "澄城县工业园门口一排路灯都不亮，女工晚上下班害怕。", "", "道路交通", "normal", "610525", "610525.urban_management"},
    LabelledAppeal{"一个月来了七拨检查", "潼关县，我们是个二十人的小厂，一个月之内不同部门重复检查七次，没法安心生产。", "complaint", "执法检查", "normal", "610522", "610522.justice"},
    LabelledAppeal{"罚款太重", "白水县小超市一包过期饼干被罚五千元，首次违法，认为过罚不当。", "complaint", "执法检查", "normal", "610527", "610527.justice"},
    LabelledAppeal{"转供电加价", "渭南高新区创业园，园区物业按一块二一度收电费，比电网贵一倍，属于转供电加价吧？", "", "", "normal", "6105G1", ""},
    LabelledAppeal{"协会强制收会费", "蒲城县某行业协会不交会费就不给办资质年审，强制收费。", "complaint", "乱收费", "normal", "610526", "610526.market"},
    LabelledAppeal{"职业打假人反复索赔", "大荔县食品店，同一个人一月内三次恶意投诉索赔，疑似职业索赔。", "", "市场竞争", "normal", "610523", "610523.market"},
    LabelledAppeal{"有人仿冒我们的商标卖辣椒面", "华阴市，外地厂家包装近似，冒用我公司注册商标在本地批发市场销售。", "", "知识产权", "normal", "610582", "610582.market"},
    LabelledAppeal{"专利申请能不能快一点", "请问发明专利预审在渭南怎么申请？我公司在高新区。", "consult", "知识产权", "normal", "6105G1", "city.market"},
    LabelledAppeal{"招标文件像是给别人定做的", "合阳县一个绿化工程招标，业绩要求只有一家公司满足，涉嫌量身定做。", "", "招投标", "normal", "610524", "610524.development_reform"},
    LabelledAppeal{"投标保证金两个月不退", "富平县，开标后没中标，招标代理一直不退投标保证金。", "", "招投标", "normal", "610528", "610528.development_reform"},
    LabelledAppeal{"政府采购评分有问题", "韩城市某单位政府采购竞争性磋商，我公司质疑后一直不答复。", "", "招投标", "normal", "610581", "610581.finance"},
    LabelledAppeal{"苹果出口清关卡住", "白水县果业公司，一柜苹果在海关清关三天没过，冷藏费很高，怕腐烂。", "", "进出口", "urgent", "610527", "city.customs"},
    LabelledAppeal{"想做跨境电商", "富平县柿饼厂，想做跨境电商出口，咨询外贸资质怎么备案。", "consult", "进出口", "normal", "610528", "city.commerce"},
    LabelledAppeal{"厂里手机没信号", "华州区金堆镇矿区，整个厂区手机信号差，宽带也装不了，希望建基站。", "", "通信网络", "normal", "610503", "610503.industry"},
    LabelledAppeal{"引进的博士孩子上学", "高新区医药公司引进的高层次人才，孩子入学没有学位，怎么解决？", "", "人才", "normal", "6105G1", "city.education"},
    LabelledAppeal{"职称评审去哪里报", "请问民营企业工程师职称评审在哪里申报？公司在蒲城。", "consult", "人才", "normal", "610526", "city.human_resources"},
    LabelledAppeal{"工地材料夜里被盗", "澄城县交道镇，工地一周内三次被偷电缆，损失五万元，报警后没有进展。", "", "治安", "normal", "610525", "610525.public_security"},
    LabelledAppeal{"村霸强揽工程", "举报大荔县有人自称村里老大，强买强卖沙石料，不用他的就阻挡施工。", "report", "治安", "", "610523", "610523.public_security"},
    LabelledAppeal{"部门互相踢皮球", "白水县，为一个公章备案跑了四个窗口，都说不归自己管，互相推诿，态度差。", "complaint", "作风效能", "normal", "610527", ""},
    LabelledAppeal{"技改奖补资金没到账", "渭南高新区，2025年技改奖补公示完一年了，资金没有拨付。", "", "政策兑现", "normal", "6105G1", "6105G1.zone_admin"},
    LabelledAppeal{"稳岗返还没收到", "临渭区物流公司符合稳岗返还条件，去年的钱到现在没返。", "", "政策兑现", "normal", "610502", "610502.human_resources"},
    LabelledAppeal{"高企认定奖励兑现", "韩城市，公司通过高新技术企业认定，文件说奖励十万元，一直不兑现。", "", "政策兑现", "normal", "610581", "610581.science"},
    LabelledAppeal{"专精特新怎么申报", "请问专精特新中小企业申报条件和时间？公司在华阴市。", "consult", "政策咨询", "normal", "610582", "610582.industry"},
    LabelledAppeal{"营业执照变更法人", "想咨询公司变更法定代表人要带哪些材料，在潼关县办。", "consult", "证照办理", "normal", "610522", "610522.approval"},
    LabelledAppeal{"食品经营许可证到期换证", "合阳县火锅店，食品经营许可证要延续，网上提交十天没人审核。", "", "证照办理", "normal", "610524", "610524.approval"},
    LabelledAppeal{"排污许可证变更", "韩城市焦化厂排污许可证要变更，请问材料清单在哪里看？", "consult", "", "normal", "610581", "610581.ecology"},
    LabelledAppeal{"政务大厅让我反复补材料", "蒲城县政务服务中心，项目备案补了五次材料，每次要求都不一样。", "complaint", "行政审批", "normal", "610526", ""},
    LabelledAppeal{"门头牌匾不让挂", "临渭区解放街道面馆换门头牌匾，城管说不行，也不说按什么标准。", "", "城市管理", "normal", "610502", "610502.urban_management"},
    LabelledAppeal{"冬枣滞销求助", "大荔县安仁镇合作社还有四十吨冬枣卖不出去，再不卖就烂在棚里了，求助。", "help", "农业农村", "urgent", "610523", "610523.agriculture"},
    LabelledAppeal{"感谢税务局上门服务", "感谢富平县税务局的同志周末上门帮我们办退税，服务热情，特此表扬。", "praise", "", "normal", "610528", ""},
    LabelledAppeal{"建议增开园区公交", "建议在卤阳湖开发区增设一条通勤公交，工人上下班不方便。", "suggestion", "物流运输", "normal", "6105G3", "city.transport"},
};
// clang-format on
