"use strict";
/* What app.js says; everything else a person reads stands in index.html. */
window.TEXTS = {
  purposes: { report: "反映问题", suggest: "提意见建议", survey: "反映情况", rate: "评价整改", conduct: "反映纪检监察干部作风" },
  noNetwork: "网络不通，请稍等一下再按一次。您写的内容还在。",
  sending: "正在提交…",
  submit: "提交",
  textNeeded: "请先写几句话，或添加一张照片。",
  levelNeeded: "请选一项“反映的是谁”。",
  modeNeeded: "请选“匿名提交”或“实名提交”。",
  nameNeeded: "实名提交请填写姓名和电话。",
  receiptShape: "回执码是 16 位数字，请对照抄下的再看一看。",
  codeNeeded: "请输入海报上的 12 个字母和数字。",
  uploading: "正在上传照片…",
  uploaded: function (count) { return "已添加 " + count + " 张照片。"; },
  tooManyPhotos: "最多 9 张照片。",
  remove: "去掉",
  photo: function (number) { return "第 " + number + " 张照片"; },
  attachment: "附件",
  openAttachment: "打开附件",
  speakers: { me: "我", staff: "工作人员", system: "系统" },
  sent: "已经发送。",
  recusalNeeded: "请写一写谁应当回避、为什么。",
  recusalSent: "已经提出，有了答复会显示在上面。",
  ratingNeeded: "请选一项：完全解决、部分解决、未解决。",
  rated: "谢谢您的评价。",
  withdrawSure: "确定申请撤回吗？涉及违纪违法的线索仍会依规处理。",
  other: "出了点问题，请稍后再试。"
};
