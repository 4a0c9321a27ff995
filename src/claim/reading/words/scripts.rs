//! Traditional characters and the simplified ones that mean the same, where complaints have them: the words of one
//! script then stand for both.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Pairs, the traditional character first. Both take three bytes.
const PAIRS: &str = concat!(
    "現现幣币轉转帳账錢钱號号這这標标籤签備备註注網网鏈链實实際际額额數数費费礦矿發发給给進进選选錯错誤误沒没還还請请問问題题單单訂订驗验證证碼码絡络餘余資资產产區区塊块確确認认剛刚個个點点間间時时後后來来",
    "從从對对應应該该為为與与於于幫帮處处務务電电話话聯联繫系絕绝買买賣卖價价場场約约險险銀银戶户帶带會会員员賬账寫写顯显見见過过動动機机檢检臺台灣湾萬万億亿兩两幾几誰谁麼么們们開开關关閉闭聽听讀读說说語语",
    "詞词貨货總总結结鎖锁倉仓贖赎質质兌兑換换匯汇劃划撥拨領领張张圖图鑰钥錄录記记憶忆簽签陸陆無无變变樣样嗎吗異异協协議议檔档屬属層层歐欧燈灯狀状態态審审駭骇盜盗詐诈騙骗財财離离線线鐘钟華华龍龙馬马門门東东",
    "車车書书學学長长當当經经營营勞劳傳传輸输筆笔條条項项須须預预計计許许將将屆届滿满擇择據据擔担損损虧亏補补償偿賠赔繳缴齊齐兒儿種种類类獎奖勵励綁绑綫线礎础誌志遺遗託托慮虑壞坏懇恳掛挂擊击擁拥攔拦擾扰稱称",
    "則则創创強强彈弹復复徵征恆恒萊莱閃闪跡迹蹤踪遲迟達达邊边錶表鍵键閱阅陣阵雙双雜杂難难靈灵靜静順顺頁页頻频顧顾願愿飛飞餓饿驚惊體体髮发黃黄",
);

/// The simplified character of a traditional one; every other stands for itself.
pub(crate) fn simplified(c: char) -> char {
    static SIMPLE: LazyLock<HashMap<char, char>> =
        LazyLock::new(|| PAIRS.chars().zip(PAIRS.chars().skip(1)).step_by(2).collect());
    if c < '\u{4e00}' { c } else { SIMPLE.get(&c).copied().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, simplified};

    #[test]
    fn a_character_keeps_its_length() {
        assert!(PAIRS.chars().count().is_multiple_of(2) && PAIRS.chars().all(|c| c.len_utf8() == 3));
        let simple: String = "提現 5 枚，幣種".chars().map(simplified).collect();
        assert_eq!(simple, "提现 5 枚，币种");
    }
}
