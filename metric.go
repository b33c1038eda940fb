package tongbao

// A Metric is a headline figure by which districts and rounds are compared
// (contract §6).
type Metric struct {
	Key     string
	Chinese string
	English string
	Rate    bool // a per cent as printed: never summed
	Money   bool // yuan
}

// Metrics lists the headline figures in the contract's order.
var Metrics = []Metric{
	{Key: "letters_received", Chinese: "信访件", English: "letters received"},
	{Key: "letters_closed", Chinese: "信访办结", English: "letters closed"},
	{Key: "letters_close_rate", Chinese: "信访办结率%", English: "letters close rate %", Rate: true},
	{Key: "leads_received", Chinese: "问题线索", English: "leads received"},
	{Key: "leads_closed", Chinese: "线索办结", English: "leads closed"},
	{Key: "leads_close_rate", Chinese: "线索办结率%", English: "leads close rate %", Rate: true},
	{Key: "cases_filed", Chinese: "立案", English: "cases filed"},
	{Key: "cases_closed", Chinese: "结案", English: "cases closed"},
	{Key: "party_sanctions", Chinese: "党纪处分", English: "party sanctions"},
	{Key: "government_sanctions", Chinese: "政务处分", English: "government sanctions"},
	{Key: "organisational_measures", Chinese: "组织处理", English: "organisational measures"},
	{Key: "admonitions", Chinese: "诫勉", English: "admonitions"},
	{Key: "talks", Chinese: "谈话提醒等", English: "talks"},
	{Key: "transferred_to_justice", Chinese: "移送司法", English: "transferred to justice"},
	{Key: "accountable_people", Chinese: "问责人数", English: "people held accountable"},
	{Key: "rules_made", Chinese: "建立制度", English: "rules made"},
	{Key: "money_recovered", Chinese: "清退追缴(元)", English: "money recovered (yuan)", Money: true},
	{Key: "losses_recovered", Chinese: "挽回损失(元)", English: "losses recovered (yuan)", Money: true},
	{Key: "problems", Chinese: "反馈问题", English: "problems raised"},
	{Key: "problems_done", Chinese: "完成整改", English: "problems done"},
	{Key: "completion_rate", Chinese: "完成率%", English: "completion rate %", Rate: true},
	{Key: "measures", Chinese: "整改措施", English: "measures"},
}

// PromiseCounts are what a comparison counts of a notice's promises against a
// day: those due before it, and those due then or later.
var PromiseCounts = []Metric{
	{Key: "promises_due", Chinese: "到期承诺", English: "promises due"},
	{Key: "promises_open", Chinese: "未到期承诺", English: "promises still open"},
}
