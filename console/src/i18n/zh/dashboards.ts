import type { dashboards as words } from '../en/dashboards';

export const dashboards: Readonly<Record<keyof typeof words, string>> = {
  'dashboards.lead': '将已保存的问题并排展示，并显示当前结果。',
  'dashboards.list': '看板列表',
  'dashboards.all': '全部看板',
  'dashboards.empty': '暂无看板。请在下方命名并创建，再选择要展示的问题。',
  'dashboards.none': '暂无看板，编辑者可以创建。',
  'dashboards.create': '创建看板',
  'dashboards.tiles': '问题数：{count}',
  'dashboards.arrange': '编排',
  'dashboards.keep': '保存编排',
  'dashboards.add': '添加已保存的问题',
  'dashboards.add.choose': '请选择…',
  'dashboards.noSaved': '尚无已保存的问题，请先保存：',
  'dashboards.board.empty': '看板为空。点击“编排”添加已保存的问题。',
  'dashboards.board.none': '看板为空。',
  'dashboards.tile.gone': '该问题已不再保存。',
  'dashboards.tile.width': '“{name}”的宽度',
  'dashboards.tile.columns': '{width}/12 列',
  'dashboards.tile.earlier': '前移“{name}”',
  'dashboards.tile.later': '后移“{name}”',
  'dashboards.tile.remove': '移除“{name}”',
};
