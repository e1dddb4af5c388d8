"""What people say when they ask, beside what reports and the regulation write: one group a line, any for any.

Only words that mean the same to this field; a word may stand in several groups. Found by words, a passage that says 提交
answers a question that says 交.
"""

from __future__ import annotations

__all__ = ["same_meaning"]

_GROUPS = """
年报 年度报告 工作报告
交 提交 报送 上报 上交 递交
晒 公布 发布 公开 公示 刊登 登载
投诉 举报 反映 告状 申诉
信访 上访 告状
不服 不满意 不满 侵犯 有异议
哪儿 渠道 途径 机关 部门
答复 回复 答覆 回应 反馈
期限 时限 时间 工作日 多久
延期 延长 宽限
补正 补充 补交 补材料
费用 收费 免费 收取 收钱 花钱 要钱 交钱 给钱 信息处理费 缴费 付费
处理费 信息处理费
帮忙 帮助 协助 便利 照应
虚假 谣言 假消息 消息 不实 澄清
联合 共同 会同 几家
发文 制作 制发 印发
公司 企业 单位
汇总 加工 分析 统计
拿 以 借
材料 内容
隐私 个人隐私 个人信息
商业秘密 商业机密 企业秘密 技术秘密 经营秘密
国家秘密 机密 保密 涉密 密级
官司 诉讼 行政诉讼 起诉 法院 打官司 应诉
复议 行政复议
群众 公众 老百姓 百姓 市民 公民 居民 大众 民众
网上 互联网 线上 在线 网络 上网 挂网
新媒体 公众号 微信 微博 客户端 政务新媒体 app
培训 讲课 听课 上课 学习班 培训班
追究 追责 问责 处分 责任追究 处罚 批评
问题 不足 短板 困难 毛病 欠缺
改进 整改 改正 下一步 打算 计划 安排 措施
满意 满意度 满意率 评价 评议
考核 打分 评分 考评
作废 废止 失效 撤销
申请表 申请书
邮寄 寄 信件 信函 挂号 平信
当面 现场 当场 窗口
第三方 第三人
拒绝 不予公开 不公开 不给
电话 热线 联系方式
指南 办事指南 公开指南
查阅 查看 翻阅 阅览 查询
复印 复制 抄录
档案馆 图书馆 查阅场所 查阅点
残疾人 视听 听力 视力 阅读困难 盲人
部分公开 区分处理 遮盖
重复 反复 多次
频繁 频次 次数 大量 太多 过多
好多 好多人 很多人 多人 许多 多个
用途 目的 三需要
自来水 燃气 煤气 天然气 热力 暖气 电力 供电 供水 供气 供热 水电气 公用事业 公共企事业单位 企事业单位
医院 医疗 医疗卫生
公交 地铁 公共交通
照顾 帮助 协助 便利 优待
没人 无人 无专人 无力
适用 参照 依照
机密 秘密
u盘 光盘 拷贝 电子数据 电子版
打架 矛盾 冲突 不一致 一致
书报 杂志 报纸 报刊 书籍 公开出版物
写字 书写 书面
关停 关闭 注销 停用
账号 帐号 公众号
修路 施工 道路
改线 调线 线路
意见 建议 批评 看法
回话 回音 答复 回复
到位 履行 落实
迟报 晚报 漏报 瞒报
维护 更新 管护 运维 打理
公报 政府公报
发布会 新闻发布会
会商 会办 协商 磋商 商量 沟通
人手 人员 经办人 工作人员 力量 编制
老人 老年人 老太太 特殊群体 适老 无障碍
监督 督查 督办 检查 抽查 巡查 评查 互查 自查
施行 实施 生效 执行
领导 负责人 分管
处置 处理 整治 清理
互相 相互 交叉 互查 互评
表扬 表彰 通报表扬 嘉奖 先进
罚款 处罚 行政处罚
草稿 过程稿 讨论稿 初稿 征求意见稿
开会 会议
打通 对接 联通 互通 融合
赠阅 赠送 发放
案卷 卷宗
栏目 专栏 专题
功能 模块
特色 亮点 品牌 经验
口头 口述
签字 同意 批准 审批 报批 签批
拍板 决定 确定 认定
利益 权益
住址 地址
灾害 突发事件 突发公共事件 应急 预警
低保 社会救助 救助
拆迁 征收 征地 房屋征收 土地征收
录用 录取 招考 招录 招聘
岗位 职位
阅读量 点击量 访问量 浏览量
上线 开通 启用 上线运行
"""


def _meanings() -> dict[str, frozenset[str]]:
    together: dict[str, set[str]] = {}
    for group in (line.split() for line in _GROUPS.split("\n") if line):
        for word in group:
            together.setdefault(word, set()).update(group)
    return {word: frozenset(group - {word}) for word, group in together.items()}


_SAME = _meanings()


def same_meaning(word: str) -> frozenset[str]:
    """The words that say the same as ``word`` in this field, without itself; none for most words."""
    return _SAME.get(word, frozenset())
