import type { analyses as words } from '../en/analyses';

export const analyses: Readonly<Record<keyof typeof words, string>> = {
  'range.label': '时间范围',
  'range.days': '最近 {days} 天',
  'range.custom': '自定义日期',
  'range.from': '开始日期',
  'range.to': '结束日期（含）',

  'analyses.lead': '一个问题，多种模型：选择模型并计算，点击任一数字即可查看对应用户。',
  'analyses.question': '问题',
  'analyses.model': '分析模型',
  'analyses.hint': '点击数字查看对应用户。',
  'analyses.nothing': '所选范围内没有数据。',
  'analyses.incomplete': '该数值仍可能变化。',
  'analyses.repeated': '重复先前的结果，其后数据无变化',
  'analyses.sample': '基于 {share} 的用户样本',
  'analyses.notWhole': '尚有选项未填写。',
  'analyses.more': '该问题含有表单未显示的选项；修改表单之前将按保存时的内容计算。',
  'analyses.elsewhere': '该问题所属模型有单独的页面。',
  'analyses.csv': '下载 CSV',
  'analyses.save': '保存问题',
  'analyses.name': '名称',
  'analyses.saved': '已保存的问题',
  'analyses.saved.empty': '暂无。',
  'analyses.segment': '保存为分群',
  'analyses.segment.kept': '已保存：{count} 人的分群',
};
